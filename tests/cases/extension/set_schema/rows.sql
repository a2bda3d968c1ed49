insert into reader values (1, 'Ann@example.org'), (2, 'bob@example.org');
