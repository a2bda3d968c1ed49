create table loan (
    id bigint primary key,
    note text
);

create materialized view loan_note as
    select id, note from loan;
