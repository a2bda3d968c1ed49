insert into event values (1, 'hello');
