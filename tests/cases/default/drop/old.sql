create table product (
    id bigint primary key,
    price numeric not null default 0
);
