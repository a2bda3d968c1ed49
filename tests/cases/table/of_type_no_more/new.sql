CREATE TABLE shelf (x integer, y integer);
CREATE TYPE spot AS (x integer);
CREATE TABLE hook (x integer);
