insert into visit values (1, '2025-05-05');
