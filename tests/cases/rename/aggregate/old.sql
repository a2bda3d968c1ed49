create aggregate total(integer) (sfunc = int4pl, stype = integer, initcond = '0');
create table t (a integer);
create view v as select total(a) from t;
