insert into loan values (1);
