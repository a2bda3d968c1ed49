CREATE FUNCTION kcal_before(integer, numeric) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN $1 < $2;
CREATE FUNCTION kcal_after(numeric, integer) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN $1 > $2;
CREATE FUNCTION portions(integer) RETURNS integer LANGUAGE sql IMMUTABLE RETURN $1 * 2;

-- Each names the other: the first makes a shell of the second.
CREATE OPERATOR <<< (
    FUNCTION = kcal_before, LEFTARG = integer, RIGHTARG = numeric, COMMUTATOR = >>>,
    RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
CREATE OPERATOR >>> (
    FUNCTION = kcal_after, LEFTARG = numeric, RIGHTARG = integer, COMMUTATOR = <<<,
    RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
CREATE OPERATOR @!@ (FUNCTION = portions, RIGHTARG = integer);
COMMENT ON OPERATOR @!@ (NONE, integer) IS 'for two';
