create function double(value integer) returns integer
    language plpgsql immutable
    as 'begin return value * 2; end';

create table item (
    id integer primary key,
    constraint item_id_check check (double(id) > 0)
);
