create table book (
    id bigint primary key,
    title text,
    pages integer
);

create view book_view as
    select id, title, pages from book;

create rule book_view_insert as on insert to book_view
    do instead insert into book (id, title, pages) values (new.id, new.title, new.pages);
