create table book (
    id bigint primary key,
    title text,
    pages integer
);

create view short_book as
    select id, title from book where pages < 100;
