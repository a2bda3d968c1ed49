insert into archive values (1, 'old');
