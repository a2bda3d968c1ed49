create table person (
    id bigint
);

create table reader (
    name text,
    card text
) inherits (person);
