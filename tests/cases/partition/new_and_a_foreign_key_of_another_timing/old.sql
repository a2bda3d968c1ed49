CREATE TABLE customer (id integer PRIMARY KEY);
CREATE TABLE purchase (
    customer integer CONSTRAINT purchase_customer REFERENCES customer,
    day date
) PARTITION BY RANGE (day);
CREATE TABLE purchase_2025 PARTITION OF purchase FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
