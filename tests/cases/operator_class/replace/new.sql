CREATE FUNCTION hash_lower(text) RETURNS integer LANGUAGE sql IMMUTABLE RETURN hashtext(lower($1));
CREATE FUNCTION hash_lower_salted(text, bigint) RETURNS bigint LANGUAGE sql IMMUTABLE
RETURN hashtextextended(lower($1), $2);
CREATE OPERATOR FAMILY text_without_case USING hash;
CREATE OPERATOR CLASS without_case FOR TYPE text USING hash FAMILY text_without_case AS
    OPERATOR 1 =,
    FUNCTION 1 hash_lower(text),
    FUNCTION 2 hash_lower_salted(text, bigint);
CREATE TABLE foods (name text);
CREATE INDEX foods_name ON foods USING hash (name without_case);
