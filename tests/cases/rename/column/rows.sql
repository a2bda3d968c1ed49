insert into food values ('oat', 370);
