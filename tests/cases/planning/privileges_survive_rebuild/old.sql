create table product (
    id bigint primary key,
    price integer
);

create view product_price as
    select id, price from product;

revoke update on product_price from current_user;

grant select on product_price to app_reader, public;

grant select (price), update (price) on product_price to app_writer;
