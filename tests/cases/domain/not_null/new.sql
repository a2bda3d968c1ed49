create domain title as text not null;

create table book (
    id bigint primary key,
    title title
);
