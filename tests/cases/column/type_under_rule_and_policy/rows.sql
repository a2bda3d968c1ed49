insert into document values (1, 1), (2, 5);
