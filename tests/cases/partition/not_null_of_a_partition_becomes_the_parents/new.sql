create table loan (
    reader integer constraint loan_has_a_reader not null,
    year integer
) partition by list (year);

create table loan_2025 partition of loan for values in (2025);
