CREATE TABLE purchase (day date NOT NULL, region text NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE purchase_2025 (day date NOT NULL, region text NOT NULL) PARTITION BY LIST (region);
CREATE TABLE purchase_2025_south PARTITION OF purchase_2025 FOR VALUES IN ('s');
