create function price(n integer) returns integer language sql as 'select n';
create table t (a integer default price(1), check (price(a) > 0));
