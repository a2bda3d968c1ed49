create domain sku as varchar(20)
    constraint sku_upper check (value = upper(value));

create table product (
    id bigint primary key,
    sku sku not null
);

create view product_sku as
    select sku from product;
