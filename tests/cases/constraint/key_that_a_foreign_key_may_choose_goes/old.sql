CREATE TABLE customer (id integer NOT NULL, code text);
ALTER TABLE customer ADD CONSTRAINT customer_key PRIMARY KEY (id);
ALTER TABLE customer ADD CONSTRAINT customer_code UNIQUE (id);
CREATE TABLE purchase (id integer, customer integer);
ALTER TABLE purchase ADD CONSTRAINT purchase_customer FOREIGN KEY (customer) REFERENCES customer (id);
