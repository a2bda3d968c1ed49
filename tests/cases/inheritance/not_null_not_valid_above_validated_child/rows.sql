insert into book values (1, 'A', null);

insert into atlas values (2, 'B', 'b', 5);
