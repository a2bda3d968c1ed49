create table loan (
    id bigint primary key,
    fee numeric
);

create function open_loans() returns setof loan
    language sql stable
    as 'select * from loan';
