CREATE TABLE purchase (id integer NOT NULL, region text NOT NULL) PARTITION BY RANGE (id);
CREATE TABLE purchase_first PARTITION OF purchase FOR VALUES FROM (1) TO (100) PARTITION BY LIST (region);
CREATE TABLE purchase_north PARTITION OF purchase_first FOR VALUES IN ('north');
CREATE INDEX purchase_region ON purchase (region);
