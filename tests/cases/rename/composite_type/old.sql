create type pair as (a integer, b integer);
create table t (p pair);
create function f(p pair) returns integer language sql as 'select 1';
