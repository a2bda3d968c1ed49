CREATE FOREIGN DATA WRAPPER post;
CREATE SERVER archive FOREIGN DATA WRAPPER post;
CREATE TABLE orders (id integer, total numeric);
CREATE FOREIGN TABLE orders_abroad (country text) INHERITS (orders) SERVER archive;
