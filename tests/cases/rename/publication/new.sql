create table t (a integer primary key);
-- schemadiff: renamed from p
create publication outgoing for table t;
