create domain postcode as text
    constraint postcode_digits check (value ~ '^[0-9]+$')
    constraint postcode_length check (length(value) = 5);

create table address (
    id bigint primary key,
    postcode postcode
);
