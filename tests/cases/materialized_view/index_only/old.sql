create table loan (
    id bigint primary key,
    book_id bigint
);

create materialized view loan_by_book as
    select book_id, count(*) as loans from loan group by book_id;

create index loan_by_book_idx on loan_by_book (book_id);
