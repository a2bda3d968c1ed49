insert into shop.product values (1), (2);
