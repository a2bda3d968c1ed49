INSERT INTO purchase VALUES (1, 'north', '2025-05-01');
