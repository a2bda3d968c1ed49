insert into product values (1, 'new', 5, 1);
