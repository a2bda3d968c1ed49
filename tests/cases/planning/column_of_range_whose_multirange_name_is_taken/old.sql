create type span as range (subtype = date);

create table stay (
    id integer primary key,
    lasted span
);
