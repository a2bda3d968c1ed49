insert into tag values ('a', 'A'), ('B', 'b');
