insert into reading values ('2025-06-01', 'Momo');
insert into reading_2026 values ('2026-06-01', 'Momo');
