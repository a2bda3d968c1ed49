create table p (id int not null, c int constraint cc check (c > 1)) partition by range (id);
create table p2 (id int not null, c int constraint cc check (c > 0));
