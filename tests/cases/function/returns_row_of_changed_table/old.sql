create table loan (
    id bigint primary key
);

create function open_loans() returns setof loan
    language sql stable
    as 'select * from loan';
