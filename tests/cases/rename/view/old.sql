create table t (id integer);
create view v as select id from t;
create view w as select id from v;
