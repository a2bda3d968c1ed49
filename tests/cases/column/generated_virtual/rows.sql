insert into line (id, quantity) values (1, 2);
