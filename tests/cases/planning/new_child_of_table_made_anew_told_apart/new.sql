CREATE TYPE pair AS (x integer, b integer);
CREATE TABLE held OF pair;
CREATE TABLE a_more (x integer, b integer, extra integer) INHERITS (held);
CREATE FUNCTION g(a_more) RETURNS integer LANGUAGE sql AS 'SELECT 1';
ALTER TABLE ONLY held ALTER b SET DEFAULT g(NULL);
