CREATE TABLE purchase (id integer NOT NULL, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE purchase_2025 PARTITION OF purchase FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
ALTER TABLE purchase_2025 ADD CONSTRAINT purchase_2025_pkey PRIMARY KEY (id);
CREATE INDEX purchase_2025_day_idx ON purchase_2025 (day, id);
