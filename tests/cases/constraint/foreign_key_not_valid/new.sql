create table author (
    id bigint primary key
);

create table book (
    id bigint primary key,
    author_id bigint,
    constraint book_author_fkey foreign key (author_id) references author
);
