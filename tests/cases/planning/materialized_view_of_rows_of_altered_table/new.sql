create table product (
    id bigint primary key,
    price numeric
);

create materialized view catalogue as
select product as item, count(*) as number from product group by product;

create materialized view latest as
select item from catalogue;
