insert into loan values (1, '2026-03-01');
