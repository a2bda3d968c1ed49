create schema archive;
-- schemadiff: renamed from public.plan
create table archive.plan (id serial primary key, week date);
create view weeks as select week from archive.plan;
