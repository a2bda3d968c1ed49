insert into food values (1, 'old');
