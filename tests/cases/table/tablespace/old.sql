create table book (
    id bigint primary key,
    title text
);

create index book_title_idx on book (title) tablespace slow;

create table loan (
    day date not null
) partition by range (day) tablespace slow;

create materialized view titles tablespace slow as select title from book;
