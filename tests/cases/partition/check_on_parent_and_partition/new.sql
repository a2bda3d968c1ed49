create table visit (
    id bigint not null,
    visited_on date not null,
    constraint visit_day_check check (visited_on > '2000-01-01')
) partition by range (visited_on);

create table visit_2025 partition of visit (
    constraint visit_2025_id_check check (id < 1000)
) for values from ('2025-01-01') to ('2026-01-01');
