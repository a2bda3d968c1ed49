insert into book values (default), (default);
insert into reader values (default);
