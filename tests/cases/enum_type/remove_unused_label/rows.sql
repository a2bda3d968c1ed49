insert into book values (1, 'upper'), (2, null), (3, 'lower');
