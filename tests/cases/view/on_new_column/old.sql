create table book (
    id bigint primary key
);

create view book_list as
    select id from book;
