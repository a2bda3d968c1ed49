create table product (
    id bigint primary key,
    token text default md5(random()::text),
    amount numeric default '1.5',
    state varchar(10) default 'new',
    added_at timestamptz default now()
);
