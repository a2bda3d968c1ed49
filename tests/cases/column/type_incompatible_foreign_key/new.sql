create table author (
    id text primary key
);

create table book (
    id integer primary key,
    author_id text not null references author
);
