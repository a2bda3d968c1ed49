CREATE TABLE purchase (id integer NOT NULL, region text NOT NULL, CONSTRAINT late CHECK (id > 0)) PARTITION BY RANGE (id);
CREATE TABLE purchase_first PARTITION OF purchase FOR VALUES FROM (1) TO (100) PARTITION BY LIST (region);
CREATE TABLE purchase_north PARTITION OF purchase FOR VALUES FROM (100) TO (200);
