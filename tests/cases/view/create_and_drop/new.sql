create table book (
    id bigint primary key,
    title text,
    pages integer
);

create view long_book (number, name) as
    select id, title from book where pages > 500;
