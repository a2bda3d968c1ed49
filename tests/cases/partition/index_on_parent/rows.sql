insert into visit values (1, '2025-05-05'), (2, '2026-05-05');
