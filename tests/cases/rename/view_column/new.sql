create table t (id integer);
create view v (a2, b) as select id, id + 1 from t;
create view w as select a2 as a from v;
