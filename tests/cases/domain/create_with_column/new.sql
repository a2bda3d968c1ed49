create domain email as text
    constraint email_has_at check (value like '%@%');

create table customer (
    id bigint primary key,
    email email
);
