insert into ticket values (1, 'new'), (2, 'old');
