create table book (
    id bigint primary key,
    title text
);

create view every_book as
    select * from book;
