create function isbn_valid(isbn text) returns boolean
    language sql immutable
    return length(isbn) = 13;

create table book (
    id bigint primary key,
    isbn text constraint book_isbn_check check (isbn_valid(isbn))
);
