insert into reader values (1, 'a@example.org');
