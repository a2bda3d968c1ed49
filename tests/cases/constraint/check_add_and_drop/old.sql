create table product (
    id bigint primary key,
    price numeric,
    weight numeric check (weight > 0)
);
