create table visit (
    id bigint not null,
    visited_on date not null
) partition by range (visited_on);

create table visit_2025 (
    visited_on date not null,
    id bigint not null
);
