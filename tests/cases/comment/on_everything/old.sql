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
