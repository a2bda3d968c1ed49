create table book (
    id bigint primary key,
    title text,
    pages integer
);

comment on table book is 'old words';

comment on column book.title is 'as printed';

comment on column book.pages is 'first words';
