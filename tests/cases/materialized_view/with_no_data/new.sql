create table loan (
    id bigint primary key
);

create materialized view filled as
    select id from loan;

create materialized view empty as
    select id from loan
    with no data;
