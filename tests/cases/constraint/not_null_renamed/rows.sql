insert into book values (1, 'Momo', 'or the strange story', 'de');
