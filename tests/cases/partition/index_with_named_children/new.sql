create table visit (
    id bigint not null,
    visited_on date not null
) partition by range (visited_on);

create table visit_2025 partition of visit for values from ('2025-01-01') to ('2026-01-01');

create table visit_2026 partition of visit for values from ('2026-01-01') to ('2027-01-01');

create index visit_days on only visit (visited_on);

create index old_days on visit_2025 (visited_on);

alter index visit_days attach partition old_days;

create index new_days on visit_2026 (visited_on);

alter index visit_days attach partition new_days;
