CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL, note text);

CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, secret text);

CREATE PUBLICATION sales FOR TABLE orders, customers (id, name);

CREATE PUBLICATION large FOR TABLE orders WHERE (id > 1000);
