create table book (
    id bigint primary key,
    title text
);

create view book_view as
    select id, title from book;

create rule book_view_insert as on insert to book_view
    do instead insert into book (id, title) values (new.id, new.title);
