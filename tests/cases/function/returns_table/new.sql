create table loan (
    id bigint primary key,
    book_id bigint
);

create function loans_of(book bigint) returns table (loan_id bigint, place bigint)
    language sql stable rows 20
    as 'select id, row_number() over () from loan where book_id = book';
