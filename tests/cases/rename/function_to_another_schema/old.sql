create schema lib;
create function price(n integer) returns integer language sql as 'select n';
