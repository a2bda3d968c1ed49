insert into person values (1, 'Tove', 'Jansson');
