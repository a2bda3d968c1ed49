create table author (
    id bigint primary key
);

create table book (
    id bigint primary key,
    author_id bigint references author
);

create view book_author as
    select book.id, author.id as author from book join author on author.id = author_id;
