insert into paint values (1, 'red'), (2, 'blue');
