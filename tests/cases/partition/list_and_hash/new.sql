create table shop (
    id bigint primary key
);

create table sale (
    id bigint not null,
    country text
) partition by list (country);

create table sale_nordic partition of sale for values in ('fi', 'se', null);

create table sale_rest partition of sale default;

create table event (
    id bigint not null,
    body text
) partition by hash (id);

create table event_0 partition of event for values with (modulus 2, remainder 0);

create table event_1 partition of event for values with (modulus 2, remainder 1);
