create table book (
    id bigint primary key,
    title text
);

create function full_title(book book) returns text
    language sql stable
    return (book).title;

create view full_title as
    select id, full_title(book) as full_title from book;
