CREATE TABLE customer (id integer PRIMARY KEY);
CREATE TABLE purchase (customer integer REFERENCES customer, day date) PARTITION BY RANGE (day);
CREATE TABLE purchase_rest PARTITION OF purchase DEFAULT;
