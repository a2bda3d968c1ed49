create function price_class(price numeric) returns integer
    language sql immutable
    return floor(price / 10)::integer;

create table product (
    id bigint primary key,
    price numeric not null,
    class bigint generated always as (price_class(price)) stored
);

create index product_class_idx on product (price_class(price));

create view cheap_product as
    select id from product where price_class(price) = 0;

create policy product_cheap on product to app_reader using (price_class(price) < 2);
