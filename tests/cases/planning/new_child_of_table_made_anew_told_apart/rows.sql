INSERT INTO held VALUES (1, 2), (3, 4);
