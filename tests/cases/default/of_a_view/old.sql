create table product (
    id bigint primary key,
    name text
);

create view product_name as
    select id, name from product;
