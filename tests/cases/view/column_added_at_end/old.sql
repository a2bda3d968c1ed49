create table book (
    id bigint primary key,
    title text,
    pages integer
);

create view book_title as
    select id, title from book;

create view momo as
    select id from book_title where title = 'Momo';
