create function double(value integer) returns integer
    language sql immutable
    as 'select value * 2';

create table item (
    id integer primary key,
    constraint item_id_check check (double(id) > 0)
);
