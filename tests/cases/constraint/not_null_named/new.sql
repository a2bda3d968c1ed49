create table book (
    id bigint primary key,
    title text constraint book_has_title not null,
    subtitle text
);
