create domain postcode as text;

create table address (
    street text,
    postcode postcode
);

create table parcel (
    id bigint primary key,
    recipients address[]
);
