insert into author values (1);

insert into publisher values (2);

insert into book values (1, 1, 2), (2, null, null);
