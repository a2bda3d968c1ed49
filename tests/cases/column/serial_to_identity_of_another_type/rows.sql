insert into reader (name) values ('Ann'), ('Bob');
