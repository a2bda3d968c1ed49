create table line (
    id bigint primary key,
    quantity integer not null,
    doubled integer generated always as (quantity * 2) virtual
);
