create table parcel (
    id bigint primary key,
    number bigint not null
);

create sequence parcel_number_seq owned by parcel.number;
