insert into category values (1, null), (2, 1);
