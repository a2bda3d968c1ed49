insert into sale values (1, 'se'), (2, null);
