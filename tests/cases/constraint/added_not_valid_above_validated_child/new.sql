create table product (
    id bigint primary key,
    price numeric
);

alter table product add constraint product_price_check check (price > 0) not valid;

create table book (
    pages integer
) inherits (product);
