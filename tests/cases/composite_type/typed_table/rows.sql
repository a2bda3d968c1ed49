insert into measurement_2026 (taken_at, value) values ('2026-01-01 00:00+00', 12);
