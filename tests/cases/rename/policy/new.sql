create table t (a integer);
-- schemadiff: renamed from p
create policy positive on t using (a > 0);
