create table t (a integer);
create unique index i on t (a);
