-- schemadiff: renamed from pair
create type couple as (a integer, b integer);
create table t (p couple);
create function f(p couple) returns integer language sql as 'select 1';
