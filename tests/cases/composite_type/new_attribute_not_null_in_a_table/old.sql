create type spot as (x integer);

create table place of spot;
