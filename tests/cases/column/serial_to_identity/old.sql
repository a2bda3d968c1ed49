create table reader (
    id serial primary key,
    name text
);

create table visit (
    id bigserial primary key,
    reader_id integer not null references reader
);
