create table book (
    id bigint primary key,
    title text,
    shelf text
);

alter table book add constraint book_title_not_null not null title not valid;

alter table book add constraint book_shelf_not_null not null shelf not valid;

create table atlas (
    scale integer
) inherits (book);
