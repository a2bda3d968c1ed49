create table address (
    street text,
    number text
);

create table parcel (
    id bigint primary key,
    recipient address not null,
    earlier_recipients address[] default '{}'
);

create view recipient as
    select id, (recipient).street from parcel;
