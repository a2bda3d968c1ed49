CREATE TYPE label;
CREATE FUNCTION label_in(cstring, oid, integer) RETURNS label LANGUAGE internal IMMUTABLE STRICT AS 'varcharin';
CREATE FUNCTION label_out(label) RETURNS cstring LANGUAGE internal STABLE STRICT AS 'varcharout';
CREATE FUNCTION label_recv(internal, oid, integer) RETURNS label LANGUAGE internal IMMUTABLE STRICT AS 'varcharrecv';
CREATE TYPE label (
    INPUT = label_in, OUTPUT = label_out, RECEIVE = label_recv, TYPMOD_IN = varchartypmodin,
    TYPMOD_OUT = varchartypmodout, STORAGE = extended, COLLATABLE = true, CATEGORY = 'S'
);
CREATE TABLE foods (name label);

CREATE MATERIALIZED VIEW t0 AS SELECT name AS x FROM foods;
