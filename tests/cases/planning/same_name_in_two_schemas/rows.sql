insert into shop.product values (1, 'bread');

insert into archive.product values (2, 'salt');
