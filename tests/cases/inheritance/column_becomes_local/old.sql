create table person (
    id bigint,
    name text
);

create table reader (
    name text,
    card text
) inherits (person);
