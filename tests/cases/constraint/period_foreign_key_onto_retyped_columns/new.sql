create extension btree_gist;
create table emp(id bigint, valid daterange, name text, constraint pk primary key (id, valid without overlaps));
create table job(id int, emp bigint, valid daterange, foreign key (emp, period valid) references emp (id, period valid));
