INSERT INTO book (title) VALUES ('Emma'), ('Persuasion');
INSERT INTO loan (book) VALUES (1), (2), (2);
INSERT INTO visit (day) VALUES ('2025-01-01');
