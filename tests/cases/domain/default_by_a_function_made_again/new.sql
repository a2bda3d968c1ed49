CREATE FUNCTION next_code() RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
CREATE DOMAIN code AS bigint DEFAULT next_code();
CREATE DOMAIN short_code AS code CHECK (VALUE < 1000);
CREATE TABLE item (id integer PRIMARY KEY, code code, short_code short_code);
