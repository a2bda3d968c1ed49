CREATE SCHEMA units;
CREATE TYPE units.weight AS (grams integer);
