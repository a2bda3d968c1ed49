create schema archive;
-- schemadiff: renamed from public.plan
create table archive.old_plan (id integer primary key, week date);
