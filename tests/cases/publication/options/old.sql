CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL, note text);

CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, secret text);

CREATE PUBLICATION sales FOR TABLE orders WITH (publish = 'insert, update');

CREATE PUBLICATION everything FOR ALL TABLES;
