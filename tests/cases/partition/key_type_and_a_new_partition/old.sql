CREATE TABLE measurement (id integer, value text) PARTITION BY RANGE (id);
CREATE TABLE measurement_0 PARTITION OF measurement FOR VALUES FROM (0) TO (10);
CREATE TABLE purchase (id integer, day date) PARTITION BY RANGE (day);
