create table visit (
    id bigint not null,
    visited_on date not null
) partition by range (visited_on);

create index visit_on_idx on visit (visited_on);

create table visit_2025 (
    id bigint not null,
    visited_on date not null
);

create index visit_2025_visited_on_idx on visit_2025 (visited_on);
