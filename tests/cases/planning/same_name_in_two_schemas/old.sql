create schema shop;

create schema archive;

create table shop.product (
    id bigint primary key,
    name text
);

create table archive.product (
    id bigint primary key,
    name text
);

create view archive.product_name as
    select name from shop.product;
