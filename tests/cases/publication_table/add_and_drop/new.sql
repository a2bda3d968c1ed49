CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL, note text);

CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, secret text);

CREATE TABLE bills (id bigint PRIMARY KEY);

CREATE PUBLICATION sales FOR TABLE customers, bills;
