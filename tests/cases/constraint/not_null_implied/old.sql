create table book (
    id bigint primary key,
    isbn text not null,
    volume integer
);

alter table book add constraint book_isbn_key unique (isbn, volume);
