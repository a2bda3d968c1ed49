create type opening as (
    day integer,
    note text,
    hours text
);

create function opening_text(item opening) returns text
    language sql immutable
    return (item).day::text || ' ' || (item).hours;
