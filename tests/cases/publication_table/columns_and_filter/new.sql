CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL, note text);

CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, secret text);

CREATE PUBLICATION sales FOR TABLE orders (customer_id, id) WHERE (customer_id IS NOT NULL), customers (id);

CREATE PUBLICATION large FOR TABLE orders WHERE (id > 5000 AND note <> '');
