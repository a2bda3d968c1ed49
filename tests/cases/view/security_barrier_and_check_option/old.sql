create table book (
    id bigint primary key,
    pages integer
);

create view short_book as
    select id, pages from book where pages < 100
    with local check option;

create view long_book with (security_barrier = true) as
    select id, pages from book where pages > 500;
