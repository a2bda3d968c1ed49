create type parcel_state as enum ('packed', 'sent', 'delivered');

create table parcel (
    id bigint primary key,
    state parcel_state not null default 'packed'
);
