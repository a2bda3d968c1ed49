create table public.customer (
    id bigint primary key
);
