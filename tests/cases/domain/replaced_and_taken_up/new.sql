CREATE DOMAIN amount AS numeric(8,2) CHECK (VALUE <> 0);
CREATE TABLE customer (id integer, credit amount);
