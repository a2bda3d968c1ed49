create table visit (
    id bigint not null,
    visited_on date not null,
    room text
) partition by range (visited_on);

create table visit_2025 partition of visit for values from ('2025-01-01') to ('2026-01-01');

create unique index visit_2025_id_idx on visit_2025 (id);
