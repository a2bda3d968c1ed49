create type measurement as (
    value integer,
    unit varchar(10)
);

create function measure(value numeric) returns measurement
    language sql immutable
    return row (value, 'g')::measurement;
