insert into product (id, price) values (1, 5), (2, 15);
