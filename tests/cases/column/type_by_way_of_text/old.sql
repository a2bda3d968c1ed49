create table parcel (
    id bigint primary key,
    number text,
    weight text,
    sent_on text,
    tracking text
);
