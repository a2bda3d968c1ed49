create table book (
    id bigint primary key,
    title text,
    pages integer
);

create function books() returns setof book language sql
begin atomic
    select * from book;
end;

create view all_books as select * from books();
