CREATE TABLE customer (id text NOT NULL);
CREATE TABLE known (id integer);
CREATE VIEW known_again AS SELECT id FROM known;
