create table product (
    id bigint primary key,
    name text,
    colour text
);

create view product_list as
    select id, name, colour from product;

create view product_count as
    select count(*) from product_list;
