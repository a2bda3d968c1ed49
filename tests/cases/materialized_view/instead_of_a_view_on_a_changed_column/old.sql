CREATE TABLE customer (id integer, code integer);
CREATE VIEW known AS SELECT id, code FROM customer;
