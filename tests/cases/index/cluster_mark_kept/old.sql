create table visit (
    id bigint primary key,
    room text,
    visited_at timestamptz
);

create index visit_time_idx on visit (visited_at);

alter table visit cluster on visit_time_idx;

create table room (
    id bigint primary key
);

alter table room cluster on room_pkey;
