CREATE FUNCTION kcal_before(integer, numeric) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN $1 < $2;
CREATE FUNCTION kcal_after(numeric, integer) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN $1 > $2;
