create type coordinates as (
    latitude numeric,
    longitude numeric
);
