CREATE TABLE customer (id integer PRIMARY KEY);
CREATE TABLE purchase (
    customer integer CONSTRAINT purchase_customer REFERENCES customer DEFERRABLE,
    day date
) PARTITION BY RANGE (day);
CREATE TABLE purchase_2025 (
    customer integer CONSTRAINT purchase_customer REFERENCES customer DEFERRABLE,
    day date
);
CREATE TABLE purchase_rest PARTITION OF purchase DEFAULT;
