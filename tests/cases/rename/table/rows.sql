insert into plan values ('2026-11-16', 'soup');
