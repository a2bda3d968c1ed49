create table person (
    given text,
    family text
);

create table visit (
    visitor person
);
