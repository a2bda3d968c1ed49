create table person (
    id bigint,
    age integer not null,
    constraint person_age_check check (age between 0 and 150)
);

create table reader (
    card text
) inherits (person);
