insert into food values (1, 'rye', 250);
insert into meal values (1, 'rye');
