-- schemadiff: renamed from next_plan
create table current_plan (id integer constraint next_plan_pkey primary key, week date, draft boolean);
-- schemadiff: renamed from current_plan
create table next_plan (id integer constraint current_plan_pkey primary key, week date);
