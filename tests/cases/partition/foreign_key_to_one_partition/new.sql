create table visit (
    id bigint,
    visited_on date,
    primary key (id, visited_on)
) partition by range (visited_on);

create table visit_2025 partition of visit for values from ('2025-01-01') to ('2026-01-01');

create table remark (
    visit_id bigint,
    visited_on date,
    foreign key (visit_id, visited_on) references visit_2025
);
