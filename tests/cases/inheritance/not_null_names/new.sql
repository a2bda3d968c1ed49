create table person (
    id bigint constraint person_identified not null,
    name text not null,
    born date constraint person_born not null
);

create table reader (
    card text
) inherits (person);

create table guest (
    id bigint not null,
    name text not null,
    born date constraint guest_born not null
);

alter table guest inherit person;

create table author (
    constraint author_named not null name
) inherits (person);
