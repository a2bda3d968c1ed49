create table visit (
    id bigint,
    visited_on date
) partition by range (visited_on);

create table visit_2025 partition of visit for values from ('2025-01-01') to ('2026-01-01');
