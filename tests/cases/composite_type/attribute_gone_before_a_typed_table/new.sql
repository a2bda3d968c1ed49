CREATE TYPE spot AS (x integer, y integer);
CREATE TABLE place OF spot;
