create table t (a integer, b integer);
-- schemadiff: renamed from s
create statistics t_a_b on a, b from t;
