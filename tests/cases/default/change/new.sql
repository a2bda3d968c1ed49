create table product (
    id bigint primary key,
    state text default 'it''s new',
    added_on date default current_date + interval '1 day',
    tags text[] default array['food', 'fresh']
);
