CREATE TABLE customer (id integer NOT NULL, code text);
ALTER TABLE customer ADD CONSTRAINT customer_key UNIQUE (id);
CREATE TABLE purchase (id integer, customer integer);
ALTER TABLE purchase ADD CONSTRAINT purchase_customer FOREIGN KEY (customer) REFERENCES customer (id);
