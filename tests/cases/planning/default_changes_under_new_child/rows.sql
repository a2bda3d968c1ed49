INSERT INTO inbound (note) VALUES ('one'), ('two');
