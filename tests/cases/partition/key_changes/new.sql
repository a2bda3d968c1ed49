create table event (
    id bigint not null,
    happened_on date not null
) partition by hash (id);

create table event_all partition of event for values with (modulus 1, remainder 0);
