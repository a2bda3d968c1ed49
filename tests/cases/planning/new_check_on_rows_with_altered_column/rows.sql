insert into report values (row(1, 2));
