create schema extensions;

create extension citext;

create table reader (
    id bigint primary key,
    email citext not null
);
