CREATE SCHEMA units;
CREATE TYPE units.point;
CREATE FUNCTION units.point_in(cstring) RETURNS units.point LANGUAGE internal IMMUTABLE STRICT AS 'point_in';
CREATE FUNCTION units.point_out(units.point) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'point_out';
CREATE TYPE units.point (INPUT = units.point_in, OUTPUT = units.point_out, LIKE = pg_catalog.point);
CREATE FUNCTION units.is_point(units.point) RETURNS boolean LANGUAGE sql AS 'SELECT true';
