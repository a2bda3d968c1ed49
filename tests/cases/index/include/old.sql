create table visit (
    id bigint primary key,
    reader_id bigint,
    room text,
    visited_at timestamptz
);

create index visit_reader_idx on visit (reader_id, room);
