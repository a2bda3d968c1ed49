create table article (
    id bigint primary key,
    tags text[],
    body tsvector,
    place point,
    seen_at timestamptz
);

create index article_tags_idx on article using gin (tags);

create index article_body_idx on article using gist (body);

create index article_place_idx on article using spgist (place);

create index article_seen_at_idx on article using brin (seen_at);

create index article_id_idx on article using hash (id);
