create table log (
    written date,
    level varchar(5)
) partition by range (written);

create table log_2026 partition of log for values from ('2026-01-01') to ('2027-01-01');

create table archive (
    day date primary key,
    entries log_2026[]
);
