create type pair as (a integer, b integer);

create table held of pair;

create function larger(it held) returns integer language sql immutable return greatest(it.a, it.b);

create table report (
    id bigint primary key,
    line held
);
