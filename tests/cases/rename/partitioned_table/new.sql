-- schemadiff: renamed from log
create table diary (at date not null, note text) partition by range (at);
-- schemadiff: renamed from log_2026
create table diary_2026 partition of diary for values from ('2026-01-01') to ('2027-01-01');
create index on diary (at);
