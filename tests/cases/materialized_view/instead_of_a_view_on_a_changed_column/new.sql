CREATE TABLE customer (id integer, code text);
CREATE MATERIALIZED VIEW known AS SELECT id, code FROM customer;
