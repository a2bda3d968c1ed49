create table author (
    id bigint primary key
);

create table book (
    id bigserial primary key,
    author_id bigint not null references author,
    title text not null
);

create index book_author_idx on book (author_id);
