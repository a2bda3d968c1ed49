insert into visit values ('Ann'), ('Bob');
