create table product (
    id bigint primary key,
    price numeric(10, 2) not null
);

create view product_price as
    select id, price from product;

create function prices() returns setof product_price
    language sql stable
begin atomic
    select id, price from product_price;
end;

create view dear_price as
    select id, price from prices() where price > 100;

comment on view dear_price is 'for the manager';
