insert into sale values (1, 'fi', '2026-01-01');
