create table reader (
    id serial primary key,
    name text
);
