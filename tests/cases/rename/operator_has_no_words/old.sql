create function f(integer, integer) returns integer language sql as 'select 1';
