insert into reader (id) values (1), (2);
