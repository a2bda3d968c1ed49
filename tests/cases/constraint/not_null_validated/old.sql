create table book (
    id bigint primary key,
    title text,
    language text,
    pages integer
);

alter table book add constraint book_has_title not null title not valid;
alter table book add constraint book_language_not_null not null language not valid;
