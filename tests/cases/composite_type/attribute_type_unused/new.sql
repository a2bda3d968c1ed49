create type measurement as (
    value numeric(12, 3),
    unit text
);

create function measure(value numeric) returns measurement
    language sql immutable
    return row (value, 'g')::measurement;
