insert into stock values (1, 'A-1', 12.50, 7, '2026-01-01 10:00');
