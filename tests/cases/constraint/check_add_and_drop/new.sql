create table product (
    id bigint primary key,
    price numeric check (price >= 0),
    weight numeric
);
