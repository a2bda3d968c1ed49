CREATE TABLE customer (id integer PRIMARY KEY, last_purchase integer);
CREATE TABLE purchase (id integer PRIMARY KEY, customer integer CONSTRAINT purchase_customer REFERENCES customer);
