create table product (
    id bigint primary key,
    price integer not null
);

create view product_price as
    select id, price from product;

create view cheap_product as
    select id from product_price where price < 10;
