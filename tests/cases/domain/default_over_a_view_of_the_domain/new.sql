CREATE DOMAIN code AS bigint;
CREATE TABLE item (id integer PRIMARY KEY);
CREATE VIEW item_code AS SELECT id::code AS code FROM item;
CREATE FUNCTION next_code() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT max(code) + 1 FROM item_code; END;
ALTER DOMAIN code SET DEFAULT next_code();
