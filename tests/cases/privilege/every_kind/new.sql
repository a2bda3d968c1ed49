create schema library;

create type library.state as enum ('in', 'out');

create domain library.isbn as text;

create sequence library.card_seq;

create table library.book (
    id bigint primary key
);

create view library.book_id as
    select id from library.book;

create procedure library.tidy(days integer)
    language sql
    as 'select 1';

grant usage on schema library to app_reader;

revoke usage on type library.state from public;

grant usage on domain library.isbn to app_reader;

grant usage, select on sequence library.card_seq to app_reader;

grant select on library.book_id to app_reader;

revoke all on procedure library.tidy(integer) from public;

grant usage on language plpgsql to app_reader;
