create type shelf as enum ('upper', 'middle', 'lower');

create table book (
    id bigint primary key,
    shelf shelf
);
