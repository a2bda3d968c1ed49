create table parcel (
    id bigint primary key,
    number bigint
);

create sequence parcel_number_seq owned by parcel.number;
