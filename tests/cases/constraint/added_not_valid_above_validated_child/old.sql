create table product (
    id bigint primary key,
    price numeric
);

create table book (
    pages integer
) inherits (product);
