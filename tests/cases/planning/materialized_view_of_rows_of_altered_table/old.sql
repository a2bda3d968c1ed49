create table product (
    id bigint primary key,
    price integer
);

create materialized view catalogue as
select product as item, count(*) as number from product group by product;
