create table person (
    id bigint,
    name text not null,
    constraint person_id_check check (id > 0)
);

create table reader (
    card text
) inherits (person);
