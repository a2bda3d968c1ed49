create schema library;

create domain library.isbn as text
    constraint isbn_length check (length(value) = 13);

create type library.state as enum ('in', 'out');

create type library.place as (room text, shelf integer);

create sequence library.card_seq;

create table library.book (
    id bigint primary key,
    isbn library.isbn,
    title text,
    constraint book_title_check check (title <> '')
);

create index book_title_idx on library.book (title);

create view library.book_title as
    select title from library.book;

create materialized view library.book_count as
    select count(*) from library.book;

create function library.find(title text, "limit" integer default 5) returns setof bigint
    language sql stable
    as 'select 1::bigint';

create procedure library.tidy(integer)
    language sql
    as 'select 1';

create function library.touch() returns trigger
    language plpgsql
    as 'begin return new; end';

create trigger book_touch before update on library.book
    for each row execute function library.touch();

create rule book_kept as on delete to library.book
    do instead nothing;

create policy book_open on library.book using (true);

comment on schema library is 'books and loans';
comment on domain library.isbn is 'thirteen digits';
comment on constraint isbn_length on domain library.isbn is 'old numbers are converted';
comment on type library.state is 'where a copy is';
comment on type library.place is 'where it stands';
comment on column library.place.shelf is 'counted from the door';
comment on sequence library.card_seq is 'printed on the card';
comment on table library.book is 'one row a title';
comment on column library.book.title is 'as printed; it''s "quoted"';
comment on constraint book_title_check on library.book is 'never empty';
comment on index library.book_title_idx is 'for the search box';
comment on view library.book_title is 'titles only';
comment on column library.book_title.title is 'as printed';
comment on materialized view library.book_count is 'refreshed at night';
comment on function library.find(text, integer) is 'the search box';
comment on procedure library.tidy(integer) is 'once a week';
comment on trigger book_touch on library.book is 'keeps the time';
comment on rule book_kept on library.book is 'nothing is thrown away';
comment on policy book_open on library.book is 'for everyone';
