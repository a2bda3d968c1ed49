create table article (
    id bigint primary key,
    title text,
    tags text[]
);

create index article_title_idx on article (title) with (fillfactor = 70, deduplicate_items = off);

create index article_tags_idx on article using gin (tags);
