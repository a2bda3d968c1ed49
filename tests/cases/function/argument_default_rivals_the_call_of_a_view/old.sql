create function fee(days integer) returns integer
    language sql immutable
    as $$ select days * 2 $$;

create function fee(days integer, kind text default 'book') returns integer
    language sql immutable
    as $$ select days * 3 $$;

create view fees as
select fee(7, 'film') as weekly;
