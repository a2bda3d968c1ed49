create table item (
    id bigint primary key
);

create function factorial(value integer) returns bigint
    language sql immutable
    as 'select case when value < 2 then 1 else value * factorial(value - 1) end';
