create table t (id integer);
create materialized view m as select id as b from t;
