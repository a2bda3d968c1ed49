INSERT INTO customer VALUES (7);
INSERT INTO purchase VALUES (1, 'north', 7);
