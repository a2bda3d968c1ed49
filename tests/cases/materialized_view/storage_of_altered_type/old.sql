CREATE TYPE label;
CREATE FUNCTION label_in(cstring, oid, integer) RETURNS label LANGUAGE internal IMMUTABLE STRICT AS 'varcharin';
CREATE FUNCTION label_out(label) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'varcharout';
CREATE FUNCTION label_send(label) RETURNS bytea LANGUAGE internal IMMUTABLE STRICT AS 'varcharsend';
CREATE TYPE label (
    INPUT = label_in, OUTPUT = label_out, SEND = label_send, STORAGE = main, COLLATABLE = true, CATEGORY = 'S'
);
CREATE TABLE foods (name label);

CREATE MATERIALIZED VIEW t0 AS SELECT name AS x FROM foods;
