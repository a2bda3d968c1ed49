create table loan (
    id bigint primary key,
    book_id bigint
);

create materialized view loan_total as
    select count(*) as loans from loan;
