create schema extensions;

create extension citext with schema extensions;

create table reader (
    id bigint primary key,
    email extensions.citext not null
);
