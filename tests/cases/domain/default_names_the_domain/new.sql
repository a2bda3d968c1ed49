CREATE DOMAIN code AS integer;
ALTER DOMAIN code SET DEFAULT 1::code;
CREATE DOMAIN codes AS code[];
CREATE TABLE item (id integer PRIMARY KEY, code code, codes codes);
