insert into review values (1, 3), (2, 5);
