create type unit as enum ('g');
create function price(n unit) returns integer language sql as 'select 1';
