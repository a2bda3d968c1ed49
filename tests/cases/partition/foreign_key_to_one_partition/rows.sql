insert into visit values (1, '2025-05-05');

insert into remark values (1, '2025-05-05');
