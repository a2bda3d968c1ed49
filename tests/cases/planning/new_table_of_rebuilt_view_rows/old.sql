create table person (
    id bigint primary key,
    name varchar(50)
);

create view person_name as
    select name from person;
