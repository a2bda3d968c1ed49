create table t (id integer);
-- schemadiff: renamed from v
create view first_v as select id from t;
create view w as select id from first_v;
