create schema lib;
-- schemadiff: renamed from public.price
create function lib.price(n integer) returns integer language sql as 'select n';
