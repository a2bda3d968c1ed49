CREATE TABLE customer (id integer PRIMARY KEY);
CREATE TABLE purchase (id integer NOT NULL, customer integer) PARTITION BY RANGE (id);
CREATE TABLE purchase_first (id integer NOT NULL, customer integer);
ALTER TABLE purchase ADD FOREIGN KEY (customer) REFERENCES customer ON UPDATE SET NULL;
