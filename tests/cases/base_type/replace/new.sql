CREATE SCHEMA units;
CREATE TYPE units.point;
CREATE FUNCTION units.read_point(cstring) RETURNS units.point LANGUAGE internal IMMUTABLE STRICT AS 'point_in';
CREATE FUNCTION units.point_out(units.point) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'point_out';
CREATE TYPE units.point (
    INPUT = units.read_point, OUTPUT = units.point_out, LIKE = pg_catalog.point, ELEMENT = double precision
);
CREATE FUNCTION units.is_point(units.point) RETURNS boolean LANGUAGE sql AS 'SELECT true';
