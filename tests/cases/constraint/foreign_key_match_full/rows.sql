insert into shelf values ('A', 1);

insert into book values (1, 'A', 1), (2, null, null);
