CREATE TABLE foods (name text);
CREATE TYPE weight;
CREATE FUNCTION weight_in(cstring) RETURNS weight LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
CREATE FUNCTION weight_out(weight) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
CREATE FUNCTION weight_recv(internal) RETURNS weight LANGUAGE internal IMMUTABLE STRICT AS 'int4recv';
CREATE FUNCTION weight_send(weight) RETURNS bytea LANGUAGE internal IMMUTABLE STRICT AS 'int4send';
COMMENT ON FUNCTION weight_in(cstring) IS 'in grams';
CREATE TYPE weight (
    INPUT = weight_in,
    OUTPUT = weight_out,
    RECEIVE = weight_recv,
    SEND = weight_send,
    INTERNALLENGTH = 4,
    PASSEDBYVALUE,
    ALIGNMENT = int4,
    STORAGE = plain,
    CATEGORY = 'w',
    PREFERRED = true,
    DEFAULT = '100',
    DELIMITER = ';'
);
COMMENT ON TYPE weight IS 'what is on the scales';
REVOKE USAGE ON TYPE weight FROM PUBLIC;
CREATE FUNCTION heavier(weight, weight) RETURNS boolean LANGUAGE internal IMMUTABLE STRICT AS 'int4gt';
CREATE OPERATOR > (FUNCTION = heavier, LEFTARG = weight, RIGHTARG = weight);
CREATE TABLE portions (food text, amount weight, history weight[]);
