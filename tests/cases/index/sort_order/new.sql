create table visit (
    id bigint primary key,
    reader_id bigint,
    visited_at timestamptz
);

create index visit_reader_idx on visit (reader_id, visited_at desc nulls last);

create index visit_time_idx on visit (visited_at desc);
