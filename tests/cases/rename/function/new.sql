-- schemadiff: renamed from price
create function cost(n integer) returns integer language sql as 'select n';
create table t (a integer default cost(1), check (cost(a) > 0));
