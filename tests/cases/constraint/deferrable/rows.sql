insert into chapter values (1, 1), (1, 2);

insert into paragraph values (1, 1);
