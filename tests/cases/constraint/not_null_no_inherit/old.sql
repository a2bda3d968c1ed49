create table book (
    id bigint,
    title text constraint book_title_known not null no inherit,
    language text constraint book_language_known not null
);

create table atlas (
    scale integer
) inherits (book);
