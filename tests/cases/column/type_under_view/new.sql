create table product (
    id bigint primary key,
    price numeric(10, 2) not null
);

create view product_price as
    select id, price from product;

create view cheap_product as
    select id from product_price where price < 10;
