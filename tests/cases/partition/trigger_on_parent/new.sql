create table visit (
    id bigint,
    visited_on date
) partition by range (visited_on);

create table visit_2025 partition of visit for values from ('2025-01-01') to ('2026-01-01');

create function touch() returns trigger
    language plpgsql
    as 'begin return new; end';

create trigger visit_touch after insert or update on visit
    for each row execute function touch();

create trigger visit_2025_touch before insert on visit_2025
    for each row execute function touch();
