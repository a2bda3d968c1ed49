CREATE FUNCTION like_food(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN lower($1) = lower($2);
CREATE FUNCTION unlike_food(text, text) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN lower($1) <> lower($2);

CREATE OPERATOR === (
    FUNCTION = like_food, LEFTARG = text, RIGHTARG = text, COMMUTATOR = ===, NEGATOR = !==, RESTRICT = eqsel,
    JOIN = eqjoinsel, HASHES, MERGES
);
CREATE OPERATOR !== (FUNCTION = unlike_food, LEFTARG = text, RIGHTARG = text, NEGATOR = ===, RESTRICT = neqsel);
CREATE TABLE foods (name text, CHECK (name === name));
