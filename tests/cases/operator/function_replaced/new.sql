CREATE SCHEMA plans;
CREATE FUNCTION plans.fits(kcal integer, target integer) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN kcal <= target;
CREATE OPERATOR plans.<=| (FUNCTION = plans.fits, LEFTARG = integer, RIGHTARG = integer, COMMUTATOR = OPERATOR(plans.|>=));
CREATE VIEW plans.fitting AS SELECT 1 OPERATOR(plans.<=|) 2 AS fits;
