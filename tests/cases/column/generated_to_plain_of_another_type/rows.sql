insert into book (id, pages) values (1, 300), (2, 80);
