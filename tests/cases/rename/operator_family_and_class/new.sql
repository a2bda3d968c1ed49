-- schemadiff: renamed from f
create operator family whole using btree;
-- schemadiff: renamed from c
create operator class whole_ops for type integer using btree family whole as operator 1 <, operator 3 =, function 1 btint4cmp(integer, integer);
create table t (a integer);
create index i on t (a whole_ops);
