create table book (
    id bigint primary key,
    shelf text
);

create view book_list as
    select id, shelf from book;
