create type measurement as (
    taken_at timestamptz,
    value numeric,
    sensor text
);

create table measurement_2026 of measurement (
    taken_at with options not null
);
