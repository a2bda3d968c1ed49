insert into reader (name) values ('Ann'), ('Bob');

insert into visit (reader_id) values (1);
