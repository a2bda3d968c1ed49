create table book (
    id bigint primary key,
    subtitle text,
    language text not null default 'en',
    tags text[] not null default '{}',
    price numeric(10, 2),
    added_at timestamptz(3) default now()
);
