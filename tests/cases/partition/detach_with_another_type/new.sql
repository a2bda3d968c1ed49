CREATE TABLE purchase (id integer NOT NULL, customer bigint, day date NOT NULL) PARTITION BY RANGE (day);
CREATE TABLE purchase_2025 (id integer NOT NULL, customer bigint, day date NOT NULL);
