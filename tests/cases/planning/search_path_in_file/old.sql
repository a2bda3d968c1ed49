create schema sales;

create type sales.state as enum ('new');

create table sales.visit (
    id bigint primary key,
    state sales.state default 'new'
);
