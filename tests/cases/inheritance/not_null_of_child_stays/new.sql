create table person (
    id bigint not null,
    name text
);

create table reader (
    name text not null,
    card text
) inherits (person);
