create table product (
    id bigint primary key,
    name text
);

create view product_list as
    select id, name from product;

create view product_count as
    select count(*) from product_list;
