insert into product values (1, 5, 2), (2, null, null);
