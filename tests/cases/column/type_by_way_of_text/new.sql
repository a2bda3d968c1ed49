create table parcel (
    id bigint primary key,
    number integer,
    weight numeric(8, 2),
    sent_on date,
    tracking uuid
);
