create table book (
    id bigint primary key,
    pages integer
);

create view first_view as
    select id, pages from book;

create view second_view as
    select id, pages from first_view;

