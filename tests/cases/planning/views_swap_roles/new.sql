create table book (
    id bigint primary key,
    pages integer
);

create view second_view as
    select id, pages from book;

create view first_view as
    select id, pages from second_view;

create function counted(it book) returns bigint language sql begin atomic select count(*) from first_view; end;
