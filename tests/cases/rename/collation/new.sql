-- schemadiff: renamed from de
create collation german (locale = 'C');
create table t (a text collate german);
