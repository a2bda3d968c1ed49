-- schemadiff: renamed from node
create table vertex (id integer primary key, up integer references vertex);
