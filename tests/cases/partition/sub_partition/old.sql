create table sale (
    id bigint not null,
    country text not null,
    sold_on date not null
) partition by list (country);

create table sale_fi partition of sale for values in ('fi');
