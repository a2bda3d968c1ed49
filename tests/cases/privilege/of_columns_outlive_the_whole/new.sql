CREATE TABLE customer (id integer, name text);
CREATE VIEW known AS SELECT id, name FROM customer;
GRANT SELECT (id) ON customer TO reader;
GRANT SELECT (name) ON known TO reader;
