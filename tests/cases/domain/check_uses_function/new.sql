create function isbn_valid(value text) returns boolean
    language sql immutable
    return length(value) in (10, 13);

create domain isbn as text
    constraint isbn_valid check (isbn_valid(value));

create table book (
    id bigint primary key,
    isbn isbn,
    other_isbns isbn[]
);
