create table booking (
    id bigint primary key,
    during daterange not null,
    cancelled boolean not null default false,
    constraint booking_no_overlap exclude using gist (during with &&)
        where (not cancelled) deferrable initially deferred
);
