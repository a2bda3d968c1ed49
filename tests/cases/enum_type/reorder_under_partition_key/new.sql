create type region as enum ('north', 'south');

create table sale (
    id bigint not null,
    region region not null
) partition by list (region);

create table sale_north partition of sale for values in ('north');

create table sale_south partition of sale for values in ('south');
