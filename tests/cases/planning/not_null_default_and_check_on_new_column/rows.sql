insert into reader values (1), (2);
