create table book (
    id bigint not null,
    isbn text,
    volume integer,
    constraint book_pkey primary key (id),
    not null isbn,
    constraint book_isbn_key unique (isbn)
);
