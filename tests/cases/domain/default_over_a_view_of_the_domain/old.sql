CREATE DOMAIN code AS bigint;
CREATE TABLE item (id integer PRIMARY KEY);
