create type measurement as (
    taken_at timestamptz,
    value numeric
);

create table reading (
    taken_at timestamptz,
    value numeric
);
