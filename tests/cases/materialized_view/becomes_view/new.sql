create table loan (
    id bigint primary key
);

create view loan_list as
    select id from loan;
