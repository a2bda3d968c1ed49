-- schemadiff: renamed from v
create table t (a integer);
