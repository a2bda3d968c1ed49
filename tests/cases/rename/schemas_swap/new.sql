-- schemadiff: renamed from b
create schema a;
-- schemadiff: renamed from a
create schema b;
create table b.one (id integer);
create table a.two (id integer);
