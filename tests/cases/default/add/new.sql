create table product (
    id bigint primary key,
    name text default 'unnamed',
    active boolean default true
);
