CREATE TABLE customer (id integer, code text);
CREATE MATERIALIZED VIEW known AS SELECT id, code FROM customer;
CREATE MATERIALIZED VIEW tally AS SELECT code, count(*) AS number FROM known GROUP BY code;
CREATE VIEW frequent AS SELECT code FROM tally WHERE number > 1;
