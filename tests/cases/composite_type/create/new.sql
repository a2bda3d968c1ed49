create table customer (
    id bigint primary key
);

create type postal_address as (
    street text,
    city text collate "C",
    postcode varchar(10)
);
