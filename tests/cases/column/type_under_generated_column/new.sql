create table line (
    id bigint primary key,
    quantity integer not null,
    price numeric(10, 2) not null,
    total numeric(12, 2) generated always as (quantity * price) stored
);

create index line_total_idx on line (total);
