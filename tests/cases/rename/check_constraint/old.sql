create table t (a integer, constraint positive check (a > 0));
