insert into person values (1);

insert into company values (1);

insert into book values (1, 1);
