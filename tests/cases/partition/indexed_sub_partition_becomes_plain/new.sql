CREATE TABLE purchase (id integer NOT NULL, region text NOT NULL, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE purchase_2025 PARTITION OF purchase FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE INDEX purchase_day ON purchase (day);
