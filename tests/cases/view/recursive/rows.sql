insert into category values (1, null, 'food'), (2, 1, 'fruit');
