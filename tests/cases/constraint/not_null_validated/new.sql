create table book (
    id bigint primary key,
    title text constraint book_has_title not null,
    language text not null,
    pages integer not null
);
