insert into visit_2025 values (1, '2025-05-05', 'lobby');
