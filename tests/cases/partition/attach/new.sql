create table visit (
    id bigint not null,
    visited_on date not null
) partition by range (visited_on);

create index visit_on_idx on visit (visited_on);

create table visit_2025 partition of visit for values from ('2025-01-01') to ('2026-01-01');
