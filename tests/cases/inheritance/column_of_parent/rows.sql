insert into reader (id, card) values (1, 'c-1');
