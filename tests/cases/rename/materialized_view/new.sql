create table t (id integer);
-- schemadiff: renamed from m
create materialized view totals as select id from t;
create index on totals (id);
