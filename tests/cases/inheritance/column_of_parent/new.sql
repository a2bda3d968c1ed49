create table person (
    id bigint,
    email text default 'none'
);

create table reader (
    card text
) inherits (person);
