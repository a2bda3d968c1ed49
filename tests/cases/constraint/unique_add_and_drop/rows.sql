insert into reader values (1, 'a@example.org', '1'), (2, null, '2');
