insert into book values ('B 2'), ('B 10');
