CREATE TABLE customer (id integer PRIMARY KEY);
CREATE TABLE purchase (id integer NOT NULL, region text NOT NULL, customer integer REFERENCES customer) PARTITION BY RANGE (id);
CREATE TABLE purchase_first PARTITION OF purchase FOR VALUES FROM (1) TO (100) PARTITION BY LIST (region);
CREATE TABLE purchase_north PARTITION OF purchase_first FOR VALUES IN ('north');
