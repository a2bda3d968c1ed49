create table product (
    id bigint primary key,
    price numeric not null,
    old_price numeric,
    constraint product_price_check check (price > 0)
);
