insert into visit values (1, '2026-02-14');
