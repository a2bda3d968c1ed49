create type pair as (a integer, b integer);
create table held of pair;
