INSERT INTO customer VALUES (1, 2);
