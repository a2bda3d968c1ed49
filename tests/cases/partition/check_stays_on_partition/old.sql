create table p (id int not null, c int check (c > 0)) partition by range (id);
create table p1 partition of p for values from (0) to (10);
