-- schemadiff: renamed from food
create table foods (id integer generated always as identity primary key, name text);
