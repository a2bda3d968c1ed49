create table event (
    id bigint primary key,
    body text
) with (fillfactor = 90, autovacuum_enabled = false);
