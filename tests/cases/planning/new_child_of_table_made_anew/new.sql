CREATE TYPE pair AS (x integer, b integer);
CREATE TABLE held OF pair;
CREATE TABLE more (extra integer) INHERITS (held);
