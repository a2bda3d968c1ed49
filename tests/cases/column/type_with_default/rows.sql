insert into feature values (1, 0), (2, 1);
