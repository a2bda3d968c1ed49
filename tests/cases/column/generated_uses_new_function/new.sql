create function slug(title text) returns text
    language sql immutable
    return lower(replace(title, ' ', '-'));

create table book (
    id bigint primary key,
    title text not null,
    slug text generated always as (slug(title)) stored unique
);
