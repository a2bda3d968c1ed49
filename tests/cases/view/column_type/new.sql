create table book (
    id bigint primary key,
    price integer
);

create view book_price as
    select id, price::numeric(10, 2) as price from book;

create view dear_book as
    select id from book_price where price > 100;
