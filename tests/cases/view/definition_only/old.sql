create table book (
    id bigint primary key,
    pages integer
);

create view long_book as
    select id from book where pages > 500;
