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

alter schema library owner to app_owner;
alter type library.state owner to app_owner;
alter domain library.isbn owner to app_owner;
alter sequence library.card_seq owner to app_owner;
alter table library.book owner to app_owner;
alter view library.book_id owner to app_owner;
alter materialized view library.book_count owner to app_owner;
alter function library.hello() owner to app_owner;
alter procedure library.tidy() owner to app_owner;
alter aggregate library.total(integer) owner to app_owner;
