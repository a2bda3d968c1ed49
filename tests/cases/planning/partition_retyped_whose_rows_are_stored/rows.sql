insert into log values ('2026-01-05', 'warn');
insert into archive values ('2026-01-05', array[row('2026-01-05', 'warn')::log_2026]);
