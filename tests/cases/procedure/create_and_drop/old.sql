create table visit (
    id bigint primary key,
    reader text
);

create procedure forget(name text)
    language sql
    as 'delete from visit where reader = name';
