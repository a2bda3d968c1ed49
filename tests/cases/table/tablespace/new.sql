create table book (
    id bigint primary key using index tablespace slow,
    title text
) tablespace fast;

create index book_title_idx on book (title) tablespace fast;

create table loan (
    day date not null
) partition by range (day) tablespace fast;

create materialized view titles tablespace fast as select title from book;

create table reader (
    id bigint primary key
) tablespace slow;
