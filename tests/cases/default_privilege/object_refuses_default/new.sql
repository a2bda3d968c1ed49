create schema library;

alter default privileges in schema library grant select on tables to app_reader;

create table library.salary (
    id bigint primary key
);

revoke all on library.salary from app_reader;

grant select on library.salary to app_writer;
