create schema shop;

create schema archive;
