insert into reader values (1, 'Ann@example.org');
