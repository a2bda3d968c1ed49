insert into reader values (1, true), (2, false);
