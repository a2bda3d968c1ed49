create foreign data wrapper post;
create server archive foreign data wrapper post;
create table log (day date not null, energy integer) partition by range (day);
create table log_new partition of log for values from ('2026-01-01') to ('2027-01-01');
create foreign table log_ancient partition of log for values from ('1990-01-01') to ('2000-01-01') server archive;
