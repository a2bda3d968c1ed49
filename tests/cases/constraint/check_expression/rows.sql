insert into product values (1, 5, 6), (2, 5, null);
