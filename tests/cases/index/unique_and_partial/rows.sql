insert into reader values (1, 'a@example.org', null), (2, 'a@example.org', '2026-01-01');
