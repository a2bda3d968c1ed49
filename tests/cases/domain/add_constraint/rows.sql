insert into ingredient values (1, 2.5), (2, 300);
