create table shelf (id bigint);

create function books() returns setof book language sql begin atomic select * from book; end;

create table book (
    id bigint primary key
);
