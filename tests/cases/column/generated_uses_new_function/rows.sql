insert into book values (1, 'The Summer Book');
