insert into reader values ('jane@example.org');
