create table book (
    id bigint primary key,
    title text,
    pages integer
);

create view book_page as
    select id, pages from book;

create view book_name as
    select id, title as name from book;
