create table session (
    id bigint primary key,
    payload text
);

create unlogged table page_cache (
    url text primary key
);
