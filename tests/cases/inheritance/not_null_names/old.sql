create table person (
    id bigint constraint person_known not null,
    name text constraint person_named not null,
    born date
);

create table reader (
    card text
) inherits (person);

create table guest (
    id bigint not null,
    name text not null,
    born date
);

alter table guest inherit person;
