insert into reader values (1, 'Ann', 'c-1');

insert into guest values (2, 'Bob', '2026-01-01');
