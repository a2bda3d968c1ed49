create type pair as (a integer, b integer);
create table t of pair;
