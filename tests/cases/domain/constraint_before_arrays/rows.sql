insert into review values (1, 3);
