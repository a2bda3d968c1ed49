insert into reading values ('2025-06-01', 'Momo', 10), ('2026-06-01', 'Momo', 20);
