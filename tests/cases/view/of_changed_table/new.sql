create table book (
    id bigint primary key,
    title text,
    pages integer not null default 0
);

create view every_book as
    select * from book;
