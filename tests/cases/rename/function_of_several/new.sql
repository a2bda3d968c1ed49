-- schemadiff: renamed from price
create function cost(n integer) returns integer language sql as 'select n';
create function price(n text) returns text language sql as 'select n';
