create extension btree_gist;
create table emp(id int, valid daterange, name text, constraint pk primary key (id, valid without overlaps));
create table job(id int, emp int, valid daterange);
