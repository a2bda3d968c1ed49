create table t (a integer, b integer);
create statistics s on a, b from t;
