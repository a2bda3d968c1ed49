create table loan (
    id bigint primary key,
    note text
);

create materialized view loan_note with (fillfactor = 80) as
    select id, note from loan;

alter materialized view loan_note alter column note set storage external;

alter materialized view loan_note alter column note set statistics 300;
