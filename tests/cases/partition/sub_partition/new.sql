create table sale (
    id bigint not null,
    country text not null,
    sold_on date not null
) partition by list (country);

create table sale_fi partition of sale for values in ('fi');

create table sale_se partition of sale for values in ('se') partition by range (sold_on);

create table sale_se_2026 partition of sale_se for values from ('2026-01-01') to ('2027-01-01');
