INSERT INTO guest VALUES (1, 'calm'), (2, 'wild');
