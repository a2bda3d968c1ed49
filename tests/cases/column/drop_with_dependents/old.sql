create table author (
    id bigint primary key
);

create table book (
    id bigint primary key,
    title text not null,
    author_id bigint references author,
    pages integer check (pages > 0)
);

create index book_pages_idx on book (pages);

create view long_book as
    select id, title, pages from book where pages > 500;
