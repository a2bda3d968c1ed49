insert into loan values (1, 1), (2, 1);
