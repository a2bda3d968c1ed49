create domain rating as integer constraint rating_range check (value between 1 and 5);
create table review (id bigint primary key, rating rating);
