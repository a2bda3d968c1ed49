create schema shop;

create schema archive;

create table shop.product (
    id bigint primary key,
    name text
);

create table archive.product (
    id bigint primary key,
    name varchar(50)
);

create view archive.product_name as
    select name from archive.product;
