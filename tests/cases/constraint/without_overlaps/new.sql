create extension btree_gist;

create table price (
    product_id bigint not null,
    valid_during daterange not null,
    amount numeric not null,
    constraint price_pkey primary key (product_id, valid_during without overlaps)
);

create table sale (
    id bigint primary key,
    product_id bigint,
    during daterange,
    constraint sale_price_fkey foreign key (product_id, period during)
        references price (product_id, period valid_during)
);
