create table parcel (
    id bigint primary key,
    old_number bigint
);

create sequence parcel_number_seq owned by parcel.old_number;
