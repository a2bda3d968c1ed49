create table book (
    id bigint primary key,
    title text,
    added_at timestamptz
);

create index book_title_idx on book (title);
