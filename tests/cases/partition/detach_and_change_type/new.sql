create table p (id int not null, c bigint) partition by range (id);
create table p1 (id int not null, c int);
