create table person (
    id bigint,
    name text
);

create table reader (
    id bigint,
    name text,
    card text
);

create table guest (
    day date
) inherits (person);
