insert into feature values (1, true), (2, false);
