create table log (
    -- schemadiff: renamed from at
    day date not null,
    note text
) partition by range (day);
create table log_2026 partition of log for values from ('2026-01-01') to ('2027-01-01');
