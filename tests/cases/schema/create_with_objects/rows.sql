insert into shop.product values (1, 'bread'), (2, 'butter');
