-- schemadiff: renamed from plan
create table meal_plan (week date not null, note text);
