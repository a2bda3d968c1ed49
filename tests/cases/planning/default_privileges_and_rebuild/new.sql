create table product (
    id bigint primary key,
    price bigint
);

create view product_price as
    select id, price from product;

create function price_of(bigint) returns numeric
    language sql stable
begin atomic
    select price::numeric from product where id = $1;
end;

alter default privileges grant select on tables to app_reader;

alter default privileges revoke execute on functions from public;
