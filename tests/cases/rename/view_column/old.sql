create table t (id integer);
create view v (a, b) as select id, id + 1 from t;
create view w as select a from v;
