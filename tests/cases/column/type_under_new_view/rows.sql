insert into job values (1, '{"gpu": true}');
