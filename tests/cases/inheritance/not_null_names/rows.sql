insert into reader values (1, 'Ada', '1815-12-10', 'A-1');
insert into guest values (2, 'Ben', '1800-01-01');
