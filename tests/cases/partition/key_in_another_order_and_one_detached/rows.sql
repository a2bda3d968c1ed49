INSERT INTO purchase VALUES (1, '2025-05-01', 'north');
