insert into loan values (1, 5);
