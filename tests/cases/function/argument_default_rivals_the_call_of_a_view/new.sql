create function fee(days integer) returns integer
    language sql immutable
    as $$ select days * 2 $$;

create view fees as
select fee(7) as weekly;
