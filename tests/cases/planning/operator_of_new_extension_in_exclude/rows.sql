insert into booking values (1, 1, '[2026-01-01 10:00+00,2026-01-01 11:00+00)');
