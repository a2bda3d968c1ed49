create table loan (
    id bigint primary key,
    fee numeric(10, 2)
);

create materialized view fee_total as
    select sum(fee) as total from loan;

create unique index fee_total_idx on fee_total (total);
