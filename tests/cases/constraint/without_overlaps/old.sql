create extension btree_gist;

create table price (
    product_id bigint not null,
    valid_during daterange not null,
    amount numeric not null
);

create table sale (
    id bigint primary key,
    product_id bigint,
    during daterange
);
