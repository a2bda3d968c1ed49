INSERT INTO measurement VALUES (1, 'a'), (2, 'b');
