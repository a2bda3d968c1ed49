create table author (
    id bigint primary key
);

create table book (
    id bigint generated always as identity primary key,
    author_id bigint not null references author,
    title text not null,
    pages integer check (pages > 0),
    isbn text unique,
    added_at timestamptz not null default now()
);

create index book_author_idx on book (author_id);
