create table line (
    id bigint primary key,
    quantity integer not null,
    doubled integer generated always as (quantity * 2) virtual
);

create view line_doubled as
    select id, doubled from line;
