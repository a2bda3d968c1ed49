insert into reader values (1, 'Ann', 'c-1');
