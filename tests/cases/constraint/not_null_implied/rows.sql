insert into book values (1, '978', 1);
