create schema extensions;

create table place (
    id bigint primary key
);
