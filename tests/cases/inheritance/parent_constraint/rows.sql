insert into reader values (1, 30, 'c-1');
