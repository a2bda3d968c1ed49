CREATE TABLE purchase (id bigint NOT NULL, day date NOT NULL, region text NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE purchase_2025 PARTITION OF purchase FOR VALUES FROM ('2025-01-01') TO ('2026-01-01') PARTITION BY RANGE (id);
ALTER TABLE purchase ADD CONSTRAINT purchase_pkey PRIMARY KEY (id, day, region);
