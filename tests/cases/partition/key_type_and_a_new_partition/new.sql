CREATE TABLE measurement (id bigint, value text) PARTITION BY RANGE (id);
CREATE TABLE measurement_0 PARTITION OF measurement FOR VALUES FROM (0) TO (10);
CREATE TABLE measurement_1 PARTITION OF measurement FOR VALUES FROM (10) TO (20);
CREATE TABLE purchase (id bigint, day date) PARTITION BY RANGE (day);
CREATE TABLE purchase_2025 PARTITION OF purchase FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')
PARTITION BY RANGE (id);
