CREATE UNLOGGED TABLE customer (id integer PRIMARY KEY);
CREATE TABLE purchase (
    customer integer,
    day date CONSTRAINT purchase_late CHECK (day > '1999-01-01')
);
