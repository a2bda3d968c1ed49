CREATE TYPE spot AS (x integer, y integer, z integer);
