-- schemadiff: renamed from s
create sequence numbers start 10;
create table t (id integer default nextval('numbers'));
