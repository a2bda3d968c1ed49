create table author (
    id bigint primary key
);

create table publisher (
    id bigint primary key
);

create table book (
    id bigint primary key,
    author_id bigint,
    publisher_id bigint references publisher
);
