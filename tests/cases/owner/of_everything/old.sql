create schema library;

create type library.state as enum ('in', 'out');

create domain library.isbn as text;

create sequence library.card_seq;

create table library.book (
    id bigint generated always as identity primary key,
    state library.state
);

create view library.book_id as
    select id from library.book;

create materialized view library.book_count as
    select count(*) from library.book;

create function library.hello() returns text
    language sql
    as 'select ''hello''';

create procedure library.tidy()
    language sql
    as 'select 1';

create aggregate library.total(integer) (sfunc = int4_sum, stype = bigint);
