insert into book values (1, 'Momo', 12.5, '2026-11-21 12:00+00', 0.1, '{a,b}');
