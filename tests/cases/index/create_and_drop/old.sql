create table book (
    id bigint primary key,
    title text,
    added_at timestamptz
);

create index book_added_at_idx on book (added_at);
