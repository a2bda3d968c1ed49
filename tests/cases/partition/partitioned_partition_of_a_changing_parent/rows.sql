INSERT INTO purchase (id, day, region) VALUES (1, '2025-02-03', 'n'), (2, '2025-04-05', 's');
