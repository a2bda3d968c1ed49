create table book (
    id bigint primary key
);

create table book_list (
    id bigint primary key
);
