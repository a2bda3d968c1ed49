-- schemadiff: renamed from old
create table cur (id integer primary key, a text unique, b text);
-- schemadiff: renamed from cur
create table old (id integer primary key, a text unique);
create table child (cur_id integer references old, old_id integer references cur);
create index cur_a_idx on cur (a);
create index old_a_idx on old (a);
