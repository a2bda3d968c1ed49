insert into reader values (1, 'Ada', 'A-1');
