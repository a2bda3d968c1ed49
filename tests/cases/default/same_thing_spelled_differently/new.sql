create table product (
    id bigint primary key,
    token text default pg_catalog.md5((random())::pg_catalog.text),
    amount numeric default '1.5'::numeric,
    state varchar(10) default ('new'::character varying),
    added_at timestamptz default current_timestamp
);
