create table book (
    id bigint primary key,
    title text
);

create view catalogue as
    select id, title from book;
