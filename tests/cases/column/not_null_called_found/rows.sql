INSERT INTO thing VALUES (1, 'a', 'a', 'a', 'a', 'a', 1, 1), (2, 'b', 'a', 'a', 'b', NULL, 1, NULL);
