insert into node values (1, 1);
