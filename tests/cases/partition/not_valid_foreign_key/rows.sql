insert into visit values (7, '2025-05-05');
