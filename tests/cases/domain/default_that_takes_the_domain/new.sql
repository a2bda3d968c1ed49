CREATE DOMAIN code AS bigint;
CREATE FUNCTION next_code(code) RETURNS bigint LANGUAGE sql AS 'SELECT $1 + 1';
ALTER DOMAIN code SET DEFAULT next_code(1);
CREATE TABLE item (id integer PRIMARY KEY, code code);
