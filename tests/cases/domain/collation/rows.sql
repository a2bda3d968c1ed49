insert into label values ('a'), ('B');
