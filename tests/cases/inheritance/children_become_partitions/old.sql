create table loan (
    reader integer,
    year integer not null
);

create table loan_2025 (
    check (year = 2025)
) inherits (loan);
