insert into reader (id, kind, card) values (1, 'reader', 'c-1');
