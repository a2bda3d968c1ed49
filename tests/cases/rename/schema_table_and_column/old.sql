create schema shop;
create table shop.item (id integer primary key, price integer);
