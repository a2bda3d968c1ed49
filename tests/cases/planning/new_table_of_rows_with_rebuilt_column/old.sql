create table entry (
    quantity integer,
    price numeric,
    total numeric generated always as (quantity * price) stored
);
