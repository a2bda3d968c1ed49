create table loan (
    id bigint primary key
);

create materialized view loan_list as
    select id from loan;

create index loan_list_idx on loan_list (id);
