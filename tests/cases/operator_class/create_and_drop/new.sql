CREATE FUNCTION compare_backwards(integer, integer) RETURNS integer LANGUAGE sql IMMUTABLE
RETURN sign($2 - $1)::integer;
CREATE TABLE plans (day integer);

-- A family of the same name comes with it.
CREATE OPERATOR CLASS backwards FOR TYPE integer USING btree AS
    OPERATOR 1 >,
    OPERATOR 2 >=,
    OPERATOR 3 =,
    OPERATOR 4 <=,
    OPERATOR 5 <,
    FUNCTION 1 compare_backwards(integer, integer);
COMMENT ON OPERATOR CLASS backwards USING btree IS 'latest first';
CREATE INDEX plans_day ON plans (day backwards);
