create table loan (
    id bigint primary key,
    book_id bigint,
    lent_on date
);

create materialized view loan_by_book as
    select book_id, count(*) as loans from loan group by book_id;

create unique index loan_by_book_idx on loan_by_book (book_id);

create index loan_by_book_loans_idx on loan_by_book (loans desc);

comment on materialized view loan_by_book is 'refreshed every night';

grant select on loan_by_book to app_reader;

create view popular_book as
    select book_id from loan_by_book where loans > 10;
