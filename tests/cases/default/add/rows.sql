insert into product values (1, 'bread', null);
