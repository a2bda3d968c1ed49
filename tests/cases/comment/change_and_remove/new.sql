create table book (
    id bigint primary key,
    title text,
    pages integer
);

comment on table book is E'new words\nin two lines, with a \\ and a '' in them';

comment on column book.pages is 'second words';
