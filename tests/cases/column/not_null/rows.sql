insert into reader values (1, 'Ann', 'ann@example.org');
