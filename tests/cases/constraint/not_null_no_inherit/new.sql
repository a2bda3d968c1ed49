create table book (
    id bigint,
    title text constraint book_title_known not null,
    language text constraint book_language_known not null no inherit
);

create table atlas (
    scale integer
) inherits (book);

create table comic (
    artist text
) inherits (book);
