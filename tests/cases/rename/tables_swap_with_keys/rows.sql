insert into cur values (1, 'x'); insert into old values (2, 'x', 'y'); insert into child values (1, 2);
