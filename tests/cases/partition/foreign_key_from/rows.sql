insert into reader values (1);

insert into visit values (1, '2025-05-05');
