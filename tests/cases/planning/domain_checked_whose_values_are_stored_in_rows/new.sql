create domain postcode as text
    constraint digits check (value ~ '^[0-9]+$');

create table address (
    street text,
    postcode postcode
);

create table parcel (
    id bigint primary key,
    recipients address[]
);
