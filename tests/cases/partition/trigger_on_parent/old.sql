create table visit (
    id bigint,
    visited_on date
) partition by range (visited_on);

create table visit_2025 partition of visit for values from ('2025-01-01') to ('2026-01-01');

create function touch() returns trigger
    language plpgsql
    as 'begin return new; end';

create trigger visit_touch before update on visit
    for each row execute function touch();
