create type pair as (x integer, b integer);

create table held of pair;
