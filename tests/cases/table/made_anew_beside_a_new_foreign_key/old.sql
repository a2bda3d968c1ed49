CREATE TABLE customer (id integer NOT NULL, code text NOT NULL);
ALTER TABLE customer ADD CONSTRAINT customer_key PRIMARY KEY (code);
CREATE TABLE purchase (customer integer, day date, region text) PARTITION BY RANGE (day);
