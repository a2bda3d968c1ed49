create table book (
    id bigint primary key,
    title text,
    hidden boolean not null default false
);

create view visible_book as
    select id, title from book where not hidden;

create view catalogue as
    select id, title from visible_book;
