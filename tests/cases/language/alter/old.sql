CREATE FUNCTION handler() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE FUNCTION inline(internal) RETURNS void LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_inline_handler';
CREATE LANGUAGE "Cooking" HANDLER handler INLINE inline;
CREATE FUNCTION boil() RETURNS integer LANGUAGE "Cooking" AS 'BEGIN RETURN 100; END';
