insert into visit values (1, '2024-05-05'), (2, '2025-10-05');
