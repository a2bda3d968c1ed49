create table book (
    id integer primary key,
    pages integer,
    sheets integer generated always as (pages / 2) stored
);
