CREATE TABLE customer (id integer NOT NULL, code text NOT NULL);
ALTER TABLE customer ADD CONSTRAINT customer_key PRIMARY KEY (id);
CREATE TABLE purchase (customer integer, day date, region text) PARTITION BY LIST (region);
ALTER TABLE purchase ADD CONSTRAINT purchase_customer FOREIGN KEY (customer) REFERENCES customer (id);
