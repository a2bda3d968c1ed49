create schema shop;

create table shop.product (
    id bigint primary key,
    name text not null
);

create schema reporting;

create view reporting.product_name as
    select id, name from shop.product;

create function reporting.product_count() returns bigint
    language sql stable
    return (select count(*) from shop.product);
