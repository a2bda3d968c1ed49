insert into author values (7);

insert into book values (1, 7);
