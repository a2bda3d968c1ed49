create schema library;

alter default privileges in schema library grant select on tables to app_reader;

create table library.book (
    id bigint primary key
);

create view library.book_id as
    select id from library.book;
