create table p (id int not null, c int constraint cc check (c > 0)) partition by range (id);
create table p2 partition of p for values from (10) to (20);
