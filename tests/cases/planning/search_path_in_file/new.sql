create schema sales;

set search_path = sales, public;

create type state as enum ('new');

create table visit (
    id bigint primary key,
    state state default 'new',
    note text
);
