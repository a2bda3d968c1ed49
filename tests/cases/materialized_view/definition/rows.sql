insert into loan values (1, 1, '2026-01-01');
