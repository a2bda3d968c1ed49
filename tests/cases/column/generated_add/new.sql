create table person (
    id bigint primary key,
    given text not null,
    family text not null,
    full_name text generated always as (given || ' ' || family) stored,
    search tsvector generated always as (to_tsvector('simple', family)) stored
);
