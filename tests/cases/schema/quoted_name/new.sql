create table public.customer (
    id bigint primary key
);

create schema "Sales 2026";

create table "Sales 2026"."Order" (
    "Order Id" bigint primary key,
    customer_id bigint not null references public.customer
);
