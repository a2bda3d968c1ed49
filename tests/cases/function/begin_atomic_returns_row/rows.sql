insert into book values (1, 'Momo');
