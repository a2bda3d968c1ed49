create function positive(value numeric) returns boolean
    language sql immutable
    return value > 0;

create table product (
    id bigint primary key,
    price numeric,
    constraint product_price_check check (positive(price))
);
