insert into author values (1, 1), (2, 2);

insert into book values (1, 1, null), (2, 2, 1);
