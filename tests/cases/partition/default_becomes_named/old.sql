create table sale (
    id bigint not null,
    country text
) partition by list (country);

create table sale_rest partition of sale default;
