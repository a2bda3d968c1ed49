create table book (
    id bigint primary key,
    title text not null,
    subtitle text constraint book_has_subtitle not null
);
