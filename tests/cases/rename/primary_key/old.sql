create table t (a integer constraint pk primary key);
create table u (a integer references t);
