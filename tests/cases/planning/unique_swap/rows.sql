insert into seat values (1, 'A', 1), (2, 'B', 2);
