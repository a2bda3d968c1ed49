create table product (
    id bigint primary key,
    state text default 'new',
    added_on date default current_date,
    tags text[] default '{}'
);
