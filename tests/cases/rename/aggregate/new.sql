-- schemadiff: renamed from total
create aggregate sum_up(integer) (sfunc = int4pl, stype = integer, initcond = '0');
create table t (a integer);
create view v as select sum_up(a) as total from t;
