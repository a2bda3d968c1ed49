CREATE TABLE purchase (id integer NOT NULL, day date NOT NULL, twice integer GENERATED ALWAYS AS (id * 2) STORED) PARTITION BY RANGE (day);
CREATE TABLE purchase_2024 (id integer NOT NULL, day date NOT NULL, twice integer GENERATED ALWAYS AS (id * 2) STORED);
