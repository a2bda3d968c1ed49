insert into book values (1, 'a subtitle', 1, 'Momo');
