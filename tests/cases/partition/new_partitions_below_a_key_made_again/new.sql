CREATE TABLE purchase (
    id integer NOT NULL,
    day date NOT NULL,
    region text NOT NULL,
    PRIMARY KEY (id, day, region)
) PARTITION BY RANGE (day);
CREATE TABLE purchase_2025 PARTITION OF purchase FOR VALUES FROM ('2025-01-01') TO ('2026-01-01')
PARTITION BY LIST (region);
CREATE TABLE purchase_2025_rest PARTITION OF purchase_2025 DEFAULT;
