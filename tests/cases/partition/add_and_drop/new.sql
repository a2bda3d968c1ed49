create table visit (
    id bigint not null,
    visited_on date not null,
    primary key (id, visited_on)
) partition by range (visited_on);

create index visit_on_idx on visit (visited_on);

create table visit_2026_02 partition of visit for values from ('2026-02-01') to ('2026-03-01');

create table visit_2026_03 partition of visit for values from ('2026-03-01') to ('2026-04-01');
