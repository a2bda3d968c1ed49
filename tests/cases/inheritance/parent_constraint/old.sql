create table person (
    id bigint,
    age integer
);

create table reader (
    card text
) inherits (person);
