CREATE FUNCTION handler() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
CREATE FUNCTION validator(oid) RETURNS void LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_validator';
CREATE TRUSTED LANGUAGE "Cooking" HANDLER handler VALIDATOR validator;
CREATE FUNCTION boil() RETURNS integer LANGUAGE "Cooking" AS 'BEGIN RETURN 100; END';
