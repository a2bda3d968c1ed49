insert into product values (1, 'P-1'), (2, 'P-2');
