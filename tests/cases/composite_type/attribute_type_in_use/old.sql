create type measurement as (
    value integer,
    unit text
);

create table sample (
    id bigint primary key,
    reading measurement
);

create view sample_unit as
    select id, (reading).unit from sample;
