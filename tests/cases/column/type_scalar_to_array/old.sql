create table book (
    id bigint primary key,
    language text
);
