create table visit (
    id bigint,
    visited_on date
) partition by range (visited_on);

create table visit_2025 partition of visit for values from ('2025-01-01') to ('2026-01-01');

alter table visit enable row level security;

alter table visit_2025 enable row level security;

create policy visit_all on visit to app_reader using (true);

create policy visit_2025_old on visit_2025 to app_reader using (id < 100);

grant select on visit_2025 to app_reader;
