create schema shop;

create table shop.product (
    id bigint primary key
);

create schema legacy;

create type legacy.state as enum ('open', 'closed');

create table legacy.ticket (
    id bigint primary key,
    state legacy.state not null default 'open',
    product_id bigint references shop.product
);

create index ticket_product_idx on legacy.ticket (product_id);
