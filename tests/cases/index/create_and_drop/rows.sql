insert into book values (1, 'Momo', '2026-01-01 00:00+00');
