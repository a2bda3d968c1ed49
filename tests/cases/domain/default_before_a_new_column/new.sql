CREATE DOMAIN code AS bigint;
CREATE TABLE item (id integer PRIMARY KEY);
CREATE TABLE counter (id integer PRIMARY KEY, last_code bigint);
CREATE FUNCTION next_code() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(last_code) FROM counter; END;
ALTER DOMAIN code SET DEFAULT next_code();
ALTER TABLE item ADD COLUMN code code NOT NULL;
