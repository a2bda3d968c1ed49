CREATE FUNCTION folded(given text) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN lower(given);

CREATE DOMAIN tag AS text
    CONSTRAINT tag_is_folded CHECK (VALUE = folded(VALUE));

CREATE TABLE book (id integer, tag tag, tags tag[]);
