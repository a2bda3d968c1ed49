create function positive(amount numeric) returns boolean
    language sql immutable
    return amount > 0;

create table product (
    id bigint primary key,
    price numeric,
    constraint product_price_check check (positive(price))
);
