create table visit (
    id bigint not null,
    visited_on date not null
) partition by range (visited_on);

create table visit_2024 partition of visit for values from ('2024-01-01') to ('2025-01-01');

create table visit_rest partition of visit default;

create table visit_2025 (
    id bigint not null,
    visited_on date not null
);
