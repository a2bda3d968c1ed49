CREATE TABLE purchase (
    id integer NOT NULL,
    day date NOT NULL,
    region text NOT NULL,
    amount numeric
) PARTITION BY RANGE (day);
CREATE TABLE purchase_2025 PARTITION OF purchase FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
