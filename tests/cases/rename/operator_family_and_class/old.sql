create operator family f using btree;
create operator class c for type integer using btree family f as operator 1 <, operator 3 =, function 1 btint4cmp(integer, integer);
create table t (a integer);
create index i on t (a c);
