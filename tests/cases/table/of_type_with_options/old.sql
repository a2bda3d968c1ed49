create type person as (
    id bigint,
    name text
);
