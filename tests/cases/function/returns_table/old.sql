create table loan (
    id bigint primary key,
    book_id bigint
);

create function loans_of(book bigint) returns table (loan_id bigint)
    language sql stable
    as 'select id from loan where book_id = book';
