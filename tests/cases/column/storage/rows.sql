insert into scan values (1, '\x00', 'cover');
