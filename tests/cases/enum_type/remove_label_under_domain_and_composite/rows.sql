insert into invoice values (1, row (12.50, 'eur'), 'usd');
