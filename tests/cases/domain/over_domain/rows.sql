insert into product values (1, 9.90);
