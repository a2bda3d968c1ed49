-- schemadiff: renamed from code
create domain label as text constraint label_check check (value <> '');
create table t (c label);
