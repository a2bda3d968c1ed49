create table person (
    id bigint,
    name text
);

create table reader (
    id bigint,
    name text,
    card text
) inherits (person);

create table guest (
    id bigint,
    name text,
    day date
);
