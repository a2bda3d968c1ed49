insert into book values (1, 'Momo'), (2, 'Heidi');
