insert into loan values (1, 'returned'), (2, default);
