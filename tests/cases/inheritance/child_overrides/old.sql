create table person (
    id bigint,
    kind text default 'person'
);

create table reader (
    card text
) inherits (person);
