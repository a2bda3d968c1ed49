CREATE TABLE foods (name text);
CREATE FUNCTION cooking_handler() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE FUNCTION cooking_inline(internal) RETURNS void LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_inline_handler';
CREATE TRUSTED LANGUAGE cooking HANDLER cooking_handler INLINE cooking_inline;
COMMENT ON LANGUAGE cooking IS 'a language of recipes';
REVOKE USAGE ON LANGUAGE cooking FROM PUBLIC;
CREATE FUNCTION boil() RETURNS integer LANGUAGE cooking AS 'BEGIN RETURN 100; END';
