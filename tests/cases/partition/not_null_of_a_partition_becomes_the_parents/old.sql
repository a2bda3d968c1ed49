create table loan (
    reader integer,
    year integer
) partition by list (year);

create table loan_2025 partition of loan for values in (2025);

alter table loan_2025 add constraint reader_known not null reader;
