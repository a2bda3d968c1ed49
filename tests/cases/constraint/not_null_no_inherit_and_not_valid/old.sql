create table book (
    id bigint primary key,
    title text,
    language text constraint book_language_not_null not null
);
