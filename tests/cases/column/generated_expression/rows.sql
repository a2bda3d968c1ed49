insert into line (id, quantity, price) values (1, 2, 5);
