insert into food values ('oat', 370, 100.5);
