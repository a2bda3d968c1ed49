insert into purchase values (1, 'open'), (2, 'paid');
