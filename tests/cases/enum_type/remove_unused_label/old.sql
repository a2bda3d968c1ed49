create type shelf as enum ('upper', 'middle', 'lower', 'floor');

create table book (
    id bigint primary key,
    shelf shelf
);
