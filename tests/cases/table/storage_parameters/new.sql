create table event (
    id bigint primary key,
    body text
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, toast.autovacuum_enabled = false);
