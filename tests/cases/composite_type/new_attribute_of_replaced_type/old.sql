CREATE DOMAIN amount AS integer;
CREATE TYPE spot AS (x integer);
CREATE TABLE place (id integer, at spot);
