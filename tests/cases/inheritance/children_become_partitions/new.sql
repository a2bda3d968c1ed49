create table loan (
    reader integer,
    year integer not null
) partition by list (year);

create table loan_2025 partition of loan for values in (2025);
