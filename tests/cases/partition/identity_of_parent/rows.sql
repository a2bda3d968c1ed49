insert into visit overriding system value values (1, '2025-05-05');
