insert into address values (1, '00100'), (2, null);
