create table book (
    id bigint primary key,
    title text
);

create table book_log (
    book_id bigint,
    what text
);

create rule book_kept as on delete to book
    do instead nothing;
