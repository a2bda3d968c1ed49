insert into loan values (1, 1, 10), (2, 1, 20);
