create table article (
    id bigint primary key,
    body tsvector
);

create index article_body_idx on article using gist (body tsvector_ops (siglen = 100));
