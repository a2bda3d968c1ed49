set search_path = public, pg_catalog;

create table book (
    id uuid default pg_catalog.gen_random_uuid() primary key,
    title text
);
