insert into log values ('2026-11-16', 'x');
