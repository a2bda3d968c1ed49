create table product (
    id bigint primary key,
    attributes json not null default '{}'
);
