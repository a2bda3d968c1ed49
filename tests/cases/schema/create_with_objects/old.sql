create schema shop;

create table shop.product (
    id bigint primary key,
    name text not null
);
