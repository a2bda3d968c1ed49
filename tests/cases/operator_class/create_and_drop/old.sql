CREATE FUNCTION compare_backwards(integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE
RETURN sign($2 - $1)::integer;
CREATE TABLE plans (day integer);
