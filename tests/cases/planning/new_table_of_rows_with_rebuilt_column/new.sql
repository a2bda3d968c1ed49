create table entry (
    quantity integer,
    price numeric,
    total numeric generated always as (round(quantity * price)) stored
);

create table invoice (
    id bigint primary key,
    entries entry[]
);
