create table article (
    id bigint primary key,
    tags text[],
    body tsvector,
    place point,
    seen_at timestamptz
);

create index article_seen_at_idx on article (seen_at);
