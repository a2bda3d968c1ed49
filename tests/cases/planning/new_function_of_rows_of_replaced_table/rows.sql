insert into held values (1, 2);
