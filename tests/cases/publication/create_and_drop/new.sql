CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint NOT NULL, note text);

CREATE TABLE customers (id bigint PRIMARY KEY, name text NOT NULL, secret text);

CREATE PUBLICATION sales FOR TABLE orders, customers;

CREATE PUBLICATION inserts FOR ALL TABLES
    WITH (publish = 'insert', publish_via_partition_root = true);

CREATE PUBLICATION nothing_yet;

COMMENT ON PUBLICATION sales IS 'what the warehouse reads';
