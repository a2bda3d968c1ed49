create table visit (
    id bigint not null,
    visited_on date not null
) partition by range (visited_on);

create table visit_early partition of visit for values from ('2024-01-01') to ('2025-07-01');

create table visit_late partition of visit for values from ('2025-07-01') to ('2026-01-01');
