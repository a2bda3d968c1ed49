create table line (
    id bigint primary key,
    quantity integer not null,
    price integer not null,
    total integer generated always as (quantity * price) stored
);

create index line_total_idx on line (total);
