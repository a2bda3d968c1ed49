insert into reading values ('2026-06-01', 10, 'dull', 7);
