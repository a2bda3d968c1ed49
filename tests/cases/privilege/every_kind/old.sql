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
