INSERT INTO word VALUES ('ä'), ('o');
