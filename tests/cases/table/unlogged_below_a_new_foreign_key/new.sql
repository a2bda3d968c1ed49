CREATE UNLOGGED TABLE customer (id integer PRIMARY KEY, last_purchase integer);
CREATE UNLOGGED TABLE purchase (id integer PRIMARY KEY, customer integer CONSTRAINT purchase_customer REFERENCES customer);
ALTER TABLE customer ADD CONSTRAINT customer_last_purchase FOREIGN KEY (last_purchase) REFERENCES purchase;
