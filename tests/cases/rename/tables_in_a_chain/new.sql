-- schemadiff: renamed from a
create table b (id integer);
-- schemadiff: renamed from b
create table c (id integer, x text);
