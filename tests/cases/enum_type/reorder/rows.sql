insert into review values (1, 'good'), (2, 'fair'), (3, 'poor');
