insert into sale values (1, 'fi'), (2, 'lt');
