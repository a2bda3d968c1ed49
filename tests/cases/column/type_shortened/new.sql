create table book (
    id bigint primary key,
    title varchar(20),
    price integer,
    bought date,
    weight real,
    codes varchar(10)[]
);
