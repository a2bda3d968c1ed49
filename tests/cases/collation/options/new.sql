create collation ordering (provider = icu, locale = 'und-u-ks-level2', deterministic = false);

create table book (
    id bigint primary key,
    title text collate ordering
);

create index book_title_idx on book (title);
