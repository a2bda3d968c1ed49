create type postal_address as (
    street text,
    city text
);

create table customer (
    id bigint primary key,
    address postal_address,
    previous postal_address[]
);
