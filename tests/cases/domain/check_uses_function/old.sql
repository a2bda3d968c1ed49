create domain isbn as text;

create table book (
    id bigint primary key,
    isbn isbn,
    other_isbns isbn[]
);
