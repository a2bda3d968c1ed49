create table parcel (
    id bigint primary key
);
