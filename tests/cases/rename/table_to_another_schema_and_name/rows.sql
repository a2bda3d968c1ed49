insert into plan values (1, '2026-11-16');
