create unlogged table session (
    id bigint primary key,
    payload text
);

create table page_cache (
    url text primary key
);
