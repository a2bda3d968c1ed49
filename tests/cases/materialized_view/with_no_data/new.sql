create table loan (
    id bigint primary key
);

create materialized view empty_then_full as
    select id from loan;

create materialized view full_then_empty as
    select id from loan
    with no data;
