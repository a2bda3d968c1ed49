CREATE SCHEMA units;
CREATE TYPE units.weight AS (grams integer);
CREATE FUNCTION units.from_language(internal) RETURNS units.weight LANGUAGE internal IMMUTABLE AS 'record_recv';
CREATE TRANSFORM FOR units.weight LANGUAGE sql (TO SQL WITH FUNCTION units.from_language(internal));
CREATE TRANSFORM FOR bigint LANGUAGE plpgsql (
    FROM SQL WITH FUNCTION prsd_lextype(internal), TO SQL WITH FUNCTION int8recv(internal)
);
COMMENT ON TRANSFORM FOR bigint LANGUAGE plpgsql IS 'as the language likes it';
