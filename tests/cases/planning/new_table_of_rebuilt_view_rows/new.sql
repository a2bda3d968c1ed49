create table person (
    id bigint primary key,
    name text
);

create view person_name as
    select name from person;

create table greeting (
    id bigint primary key,
    addressee person_name
);
