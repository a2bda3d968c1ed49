create table book (
    id integer primary key,
    pages integer,
    sheets bigint default 1
);
