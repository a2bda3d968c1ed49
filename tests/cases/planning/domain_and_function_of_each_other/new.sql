create table shop (
    id bigint primary key
);

create domain price as numeric;

create table product (
    id bigint primary key,
    price price
);

create function is_cheap(item product) returns boolean
    language sql immutable
    return (item).price < 10;

alter table product add constraint product_cheap check (is_cheap(product));
