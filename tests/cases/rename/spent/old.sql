create table t (b integer);
