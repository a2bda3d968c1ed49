create table person (
    id bigint not null,
    name text not null
);

create table reader (
    name text not null,
    card text
) inherits (person);
