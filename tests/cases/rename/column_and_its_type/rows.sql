insert into food values (1, 370);
