insert into reader values (1, 1);

insert into loan values (1, 1, 1), (2, 1, null);
