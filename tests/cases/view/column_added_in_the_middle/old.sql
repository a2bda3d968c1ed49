create table book (
    id bigint primary key,
    title text,
    pages integer
);

create view book_title as
    select id, title from book;

create view long_title as
    select id, title from book_title where length(title) > 20;

create view long_title_count as
    select count(*) from long_title;

create function has_long_titles() returns boolean
    language sql stable
    return exists (select from long_title);
