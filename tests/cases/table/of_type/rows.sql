insert into reading values ('2026-01-01 08:00+00', 20.5);
