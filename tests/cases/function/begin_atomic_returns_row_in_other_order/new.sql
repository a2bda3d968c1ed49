create table book (
    id bigint primary key,
    pages integer,
    title text
);

create function books() returns setof book language sql
begin atomic
    select * from book;
end;
