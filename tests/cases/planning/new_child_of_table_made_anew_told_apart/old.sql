CREATE TYPE pair AS (a integer, b integer);
CREATE TABLE held OF pair;
