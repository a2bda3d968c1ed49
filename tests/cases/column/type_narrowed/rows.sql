insert into stock values (1, 'A-1', 12.5, 'ok'), (2, null, null, null);
