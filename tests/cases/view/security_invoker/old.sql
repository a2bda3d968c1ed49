create table book (
    id bigint primary key
);

create view open_book as
    select id from book;

create view closed_book with (security_invoker = true) as
    select id from book;
