create table t (a integer);
-- schemadiff: renamed from i
create unique index t_by_a on t (a);
