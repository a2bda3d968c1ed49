create table book (
    id bigint primary key,
    pages integer
);

create view second_view as
    select id, pages from book;

create view first_view as
    select id, pages from second_view;

CREATE FUNCTION counted(it book) RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM first_view; END;
