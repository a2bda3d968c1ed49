insert into reader values (1, 'c-1');

insert into loan values (1, 1, 'c-1');
