create domain rating as integer constraint rating_range check (value between 0 and 10);
create table review (id bigint primary key, rating rating);
create table t1 (b rating[]);
