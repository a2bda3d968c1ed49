create function f(integer, integer) returns integer language sql as 'select 1';
-- schemadiff: renamed from a
create operator |=| (function = f, leftarg = integer, rightarg = integer);
