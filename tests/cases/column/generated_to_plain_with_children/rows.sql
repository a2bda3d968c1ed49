INSERT INTO line (id, quantity) VALUES (1, 2);
INSERT INTO gift (id, quantity, giver) VALUES (2, 3, 'ann');
