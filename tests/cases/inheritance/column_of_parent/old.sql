create table person (
    id bigint,
    nickname text
);

create table reader (
    card text
) inherits (person);
