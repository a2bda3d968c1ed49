create table book (
    id bigint primary key,
    title text,
    language text constraint book_language_not_null not null no inherit
);

alter table book add constraint book_has_title not null title not valid;
