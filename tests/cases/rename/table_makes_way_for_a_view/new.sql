-- schemadiff: renamed from users
create table accounts (id integer primary key, name text);
create view users as select id, name from accounts;
