insert into food (name) values ('oat'), ('rye');
