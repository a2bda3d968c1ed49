create table loan (
    id bigint primary key,
    book_id bigint,
    days integer
);

create materialized view loan_by_book as
    select book_id, count(*) as loans from loan group by book_id;

create unique index loan_by_book_idx on loan_by_book (book_id);

create materialized view top_book as
    select book_id from loan_by_book order by loans desc limit 10;

create unique index top_book_idx on top_book (book_id);
