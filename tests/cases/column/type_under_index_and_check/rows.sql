insert into product values (1, 'a', 5), (2, 'b', 50);
