create type spot as (x integer, y integer, label text);

create table place of spot (
    y with options not null default 0,
    label with options not null
);
