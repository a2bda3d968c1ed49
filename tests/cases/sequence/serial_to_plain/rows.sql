insert into book values (10, 'Momo'), (11, 'Heidi');
