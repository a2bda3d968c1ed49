INSERT INTO food VALUES ('bread');
