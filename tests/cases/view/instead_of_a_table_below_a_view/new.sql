CREATE TABLE customer (id integer NOT NULL);
CREATE VIEW known AS SELECT id FROM customer;
CREATE VIEW known_again AS SELECT id FROM known;
