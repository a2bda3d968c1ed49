create domain title as text;

create table book (
    id bigint primary key,
    title title
);
