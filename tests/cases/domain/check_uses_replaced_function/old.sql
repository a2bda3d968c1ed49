CREATE FUNCTION folded(value text) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN lower(value);

CREATE DOMAIN tag AS text
    CONSTRAINT tag_is_folded CHECK (VALUE = folded(VALUE));

CREATE TABLE book (id integer, tag tag, tags tag[]);
