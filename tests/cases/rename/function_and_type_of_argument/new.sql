-- schemadiff: renamed from unit
create type measure as enum ('g');
-- schemadiff: renamed from price
create function cost(n measure) returns integer language sql as 'select 1';
