create table person (
    given text,
    family text,
    full_name text generated always as (given || ' ' || family) stored
);

create table visit (
    visitor person
);
