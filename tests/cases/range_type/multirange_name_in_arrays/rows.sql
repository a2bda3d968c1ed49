insert into offer values (1, '{"[1,2]"}');
