insert into reader values (1, null), (2, '1');
