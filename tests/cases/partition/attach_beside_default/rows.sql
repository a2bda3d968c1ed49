insert into visit values (1, '2024-05-01'), (2, '2030-05-01');

insert into visit_2025 values (3, '2025-05-01');
