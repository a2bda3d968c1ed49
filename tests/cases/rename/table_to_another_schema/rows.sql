insert into plan (week) values ('2026-11-16');
