create table p (id int not null, c int) partition by range (id);
create table p1 (id int not null, c int, constraint p_c_check check (c > 0)); alter table p attach partition p1 for values from (0) to (10);
