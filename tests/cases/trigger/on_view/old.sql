create table book (
    id bigint primary key,
    title text
);

create view book_view as
    select id, title from book;

create function touch() returns trigger
    language plpgsql
    as 'begin return new; end';
