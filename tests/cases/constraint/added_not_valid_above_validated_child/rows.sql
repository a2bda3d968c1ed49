insert into book (id, price) values (1, 5);
