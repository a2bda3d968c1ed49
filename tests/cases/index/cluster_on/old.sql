create table visit (
    id bigint primary key,
    visited_at timestamptz
);

create index visit_time_idx on visit (visited_at);

alter table visit cluster on visit_pkey;
