create table book (
    id bigint primary key,
    title text not null,
    shelf text
);

create table atlas (
    scale integer
) inherits (book);
