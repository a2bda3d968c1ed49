create schema library;
create schema archive;
create extension postgres_fdw schema archive;
