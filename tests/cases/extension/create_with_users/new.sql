create table author (
    id bigint primary key,
    name text not null
);

create extension citext;

create extension pg_trgm;

create table reader (
    id bigint primary key,
    email citext unique
);

create index author_name_trgm_idx on author using gin (name gin_trgm_ops);

create function resembles(a text, b text) returns boolean
    language sql stable
    return similarity(a, b) > 0.5;
