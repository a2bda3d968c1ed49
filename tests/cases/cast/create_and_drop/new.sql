CREATE TYPE celsius AS (degrees numeric);

CREATE TYPE mood AS ENUM ('calm', 'cross');

CREATE FUNCTION to_celsius(numeric) RETURNS celsius
    LANGUAGE sql IMMUTABLE STRICT
    AS $$ SELECT ROW($1)::celsius $$;

CREATE CAST (numeric AS celsius) WITH FUNCTION to_celsius(numeric) AS ASSIGNMENT;

CREATE CAST (varchar AS mood) WITH INOUT AS IMPLICIT;

COMMENT ON CAST (numeric AS celsius) IS 'degrees above the freezing of water';
