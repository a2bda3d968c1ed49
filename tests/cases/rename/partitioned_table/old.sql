create table log (at date not null, note text) partition by range (at);
create table log_2026 partition of log for values from ('2026-01-01') to ('2027-01-01');
create index on log (at);
