CREATE TABLE customer (id integer PRIMARY KEY);
CREATE TABLE purchase (
    customer integer CONSTRAINT purchase_customer REFERENCES customer,
    day date CONSTRAINT purchase_late CHECK (day > '2000-01-01')
);
