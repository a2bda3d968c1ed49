create table product (
    id bigint primary key,
    attributes jsonb not null default '{}'
);
