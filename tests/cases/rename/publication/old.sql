create table t (a integer primary key);
create publication p for table t;
