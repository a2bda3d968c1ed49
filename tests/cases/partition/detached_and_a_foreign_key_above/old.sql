CREATE TABLE customer (id integer PRIMARY KEY);
CREATE TABLE purchase (id integer NOT NULL, customer integer) PARTITION BY RANGE (id);
CREATE TABLE purchase_first PARTITION OF purchase FOR VALUES FROM (1) TO (100);
