CREATE FOREIGN DATA WRAPPER post;
CREATE SERVER archive FOREIGN DATA WRAPPER post;
CREATE TABLE orders (id integer NOT NULL, total numeric, paid boolean);
CREATE FOREIGN TABLE orders_abroad (country text, port text) INHERITS (orders) SERVER archive;
CREATE FOREIGN TABLE orders_lost () INHERITS (orders) SERVER archive;
