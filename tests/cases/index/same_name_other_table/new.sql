create table book (
    id bigint primary key,
    title text
);

create table film (
    id bigint primary key,
    title text
);

create index title_idx on film (title);
