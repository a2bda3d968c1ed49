insert into sensor values (1, '[1.5,2.5)');
