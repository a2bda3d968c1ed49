create table sale (
    id bigint not null,
    country text not null
) partition by list (country);

create table sale_nordic partition of sale for values in ('fi', 'se', 'ee');

create table sale_baltic partition of sale for values in ('lv', 'lt');
