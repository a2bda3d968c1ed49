CREATE DOMAIN amount AS integer CHECK (VALUE <> 0);
CREATE TABLE customer (id integer, credit numeric(12,3));
