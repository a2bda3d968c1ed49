create table t (a integer);
-- schemadiff: renamed from keep
create rule never_delete as on delete to t do instead nothing;
