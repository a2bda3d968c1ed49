insert into product values (1, 5), (2, 50);
