create type coordinates as (
    latitude numeric,
    longitude numeric
);

create type place as (
    name text,
    position coordinates
);

create table library (
    id bigint primary key,
    place place
);

comment on column place.position is 'WGS 84';
