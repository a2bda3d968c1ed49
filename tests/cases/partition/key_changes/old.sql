create table event (
    id bigint not null,
    happened_on date not null
) partition by range (happened_on);

create table event_all partition of event default;
